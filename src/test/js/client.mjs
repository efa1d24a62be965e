// Drives a server started by JavaScriptClientTest, whose URL is the only argument. Exits 0 when everything holds.
import assert from "node:assert/strict";
import { io } from "socket.io-client";

const url = process.argv[2];
const options = { forceNew: true, reconnectionDelay: 10, reconnectionDelayMax: 20, auth: { token: "t" } };

const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));

async function opened(socket) {
  if (!socket.connected) {
    await once(socket, "connect");
  }
  return socket;
}

const scenarios = {
  async "echoes text and binary, with acknowledgements both ways"(transports) {
    const socket = await opened(io(url, { ...options, transports }));
    const reply = await socket.timeout(5000).emitWithAck("echo", 1, "zwei", { b: Buffer.from([1, 2, 3]) });
    assert.deepEqual(reply, [1, "zwei", { b: Buffer.from([1, 2, 3]) }]);

    socket.on("question", (value, answer) => answer("answer", value));
    const [outcome] = await Promise.all([once(socket, "answered"), socket.emit("ask me", Buffer.from([7]))]);
    assert.deepEqual(outcome.slice(0, 2), ["answer", Buffer.from([7])]);
    socket.disconnect();
  },

  async "loses nothing while it upgrades"() {
    const socket = io(url, options);
    const numbers = [];
    const all = new Promise((resolve) =>
      socket.on("number", (n) => {
        numbers.push(n);
        if (n === 999) resolve();
      }),
    );
    // The upgrade may be done before the namespace is entered.
    const upgraded = once(socket.io, "open").then(() => once(socket.io.engine, "upgrade"));
    await opened(socket);
    socket.emit("count to", 1000);
    await all;
    assert.deepEqual(
      numbers,
      Array.from({ length: 1000 }, (_, i) => i),
    );
    await upgraded;
    assert.equal(socket.io.engine.transport.name, "websocket");
    assert.deepEqual(await socket.timeout(5000).emitWithAck("echo", "after"), ["after"]);
    socket.disconnect();
  },

  async "recovers with its id and what it missed"(transports) {
    const socket = await opened(io(url, { ...options, transports }));
    assert.equal(socket.recovered, false);
    const { id } = socket;
    const notes = [];
    socket.on("note", (text) => notes.push(text));
    socket.emit("note me", "first");
    await once(socket, "note");

    const lost = once(socket, "disconnect");
    socket.emit("drop me and say", "second");
    await lost;
    await opened(socket);
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
    if (notes.length < 2) {
      await once(socket, "note");
    }
    assert.deepEqual(notes, ["first", "second"]);

    const lostAgain = once(socket, "disconnect");
    socket.io.engine.close();
    await lostAgain;
    socket.connect();
    await opened(socket);
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
    socket.disconnect();
  },

  async "enters anew after it has left"() {
    const socket = await opened(io(url, { ...options, transports: ["websocket"] }));
    const { id } = socket;
    socket.disconnect();
    socket.connect();
    await opened(socket);
    assert.equal(socket.recovered, false);
    assert.notEqual(socket.id, id);
    socket.disconnect();
  },

  async "learns why it is refused"() {
    const socket = io(`${url}/closed`, options);
    const [error] = await once(socket, "connect_error");
    assert.equal(error.message, "unauthorized");
    assert.deepEqual(error.data, { code: 7 });
    socket.disconnect();
  },

  async "shares a connection between namespaces"() {
    const manager = io(url, { ...options, forceNew: false });
    await opened(manager);
    const other = await opened(manager.io.socket("/other"));
    assert.deepEqual(await other.timeout(5000).emitWithAck("echo", "there"), ["there"]);
    other.disconnect();
    assert.deepEqual(await manager.timeout(5000).emitWithAck("echo", "here"), ["here"]);
    manager.disconnect();
  },
};

const transportsOf = (scenario) => (scenario.length ? [["polling"], ["websocket"], ["polling", "websocket"]] : [undefined]);

const deadline = setTimeout(() => {
  console.error("timed out");
  process.exit(2);
}, 30_000);

for (const [name, scenario] of Object.entries(scenarios)) {
  for (const transports of transportsOf(scenario)) {
    console.log(name, transports ?? "");
    await scenario(transports);
  }
}
clearTimeout(deadline);
process.exit(0);
