'use strict';

/** Builds a form for each operation of the document, and shows what the server answers. Everything is set as text. */

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolve(api, value) {
  if (!value || !value.$ref) return value;
  const path = value.$ref.slice(2).split('/');
  return resolve(
    api,
    path.reduce((at, step) => at[step], api),
  );
}

/** An example of what a schema describes: required fields, and those that have a default. */
function example(api, unresolved) {
  const schema = resolve(api, unresolved);
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.oneOf) return example(api, schema.oneOf[0]);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const made = {};
    for (const [name, property] of Object.entries(schema.properties || {})) {
      const required = (schema.required || []).includes(name);
      if (required || resolve(api, property).default !== undefined) made[name] = example(api, property);
    }
    return made;
  }
  if (type === 'array') return [];
  if (type === 'integer' || type === 'number') return schema.minimum || 0;
  if (type === 'boolean') return true;
  return '';
}

function field(label, input) {
  const row = element('label', label);
  row.append(input);
  return row;
}

function parameterField(api, parameter) {
  const input = element('input');
  input.spellcheck = false;
  const about = [parameter.in, parameter.required ? 'required' : '', parameter.description || ''];
  const schema = resolve(api, parameter.schema);
  if (schema.default !== undefined) input.placeholder = String(schema.default);
  return { parameter, input, row: field(`${parameter.name} (${about.filter(Boolean).join(', ')})`, input) };
}

function address(path, fields) {
  let at = path;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === 'path') at = at.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === 'query' && input.value) query.set(parameter.name, input.value);
  }
  const asked = query.toString();
  return asked ? `${at}?${asked}` : at;
}

async function send(method, path, fields, body, output) {
  const headers = {};
  const token = document.getElementById('token').value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  for (const { parameter, input } of fields) {
    if (parameter.in === 'header' && input.value) headers[parameter.name] = input.value;
  }
  const options = { method: method.toUpperCase(), headers, cache: 'no-store' };
  if (body && body.value.trim()) {
    headers['Content-Type'] = 'application/json';
    options.body = body.value;
  }
  output.textContent = 'Asking';
  try {
    const response = await fetch(address(path, fields), options);
    const text = await response.text();
    const shown = [`${response.status} ${response.statusText}`];
    for (const name of ['etag', 'location', 'link', 'allow']) {
      const value = response.headers.get(name);
      if (value) shown.push(`${name}: ${value}`);
    }
    let content = text;
    try {
      content = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // Shown as it came.
    }
    output.textContent = `${shown.join('\n')}\n\n${content}`;
  } catch (failure) {
    output.textContent = `No answer: ${failure.message}`;
  }
}

function operationForm(api, path, method, item, operation) {
  const details = element('details');
  const summary = element('summary');
  summary.append(element('span', method.toUpperCase(), 'method'), element('code', path));
  summary.append(document.createTextNode(` ${operation.summary}`));
  details.append(summary);
  if (operation.description) details.append(element('p', operation.description));
  const grants = operation['x-grants'] || [];
  if (grants.length) details.append(element('p', `Needs the grant ${grants.join(' or ')}.`, 'hint'));

  const form = element('form');
  const parameters = [...(item.parameters || []), ...(operation.parameters || [])];
  const fields = parameters.map((parameter) => parameterField(api, resolve(api, parameter)));
  for (const { row } of fields) form.append(row);
  let body = null;
  if (operation.requestBody) {
    body = element('textarea');
    body.spellcheck = false;
    body.value = JSON.stringify(example(api, operation.requestBody.content['application/json'].schema), null, 2);
    form.append(field('Body', body));
  }
  form.append(element('button', 'Send'));
  const output = element('pre');
  output.setAttribute('aria-live', 'polite');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(method, path, fields, body, output);
  });
  details.append(form, output);
  return details;
}

async function show() {
  const main = document.getElementById('operations');
  const response = await fetch('/openapi.json');
  const api = await response.json();
  document.getElementById('about').textContent = api.info.summary;
  main.textContent = '';
  for (const { name } of api.tags) {
    const section = element('section');
    for (const [path, item] of Object.entries(api.paths)) {
      for (const method of METHODS) {
        const operation = item[method];
        if (operation && operation.tags.includes(name)) section.append(operationForm(api, path, method, item, operation));
      }
    }
    if (section.childElementCount) main.append(element('h2', name), section);
  }
}

show().catch((failure) => {
  document.getElementById('operations').textContent = `The document could not be read: ${failure.message}`;
});
