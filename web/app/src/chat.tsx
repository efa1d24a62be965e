import type { ChatMessage } from '@foyer/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Close } from './icons.tsx';

interface Props {
  messages: readonly ChatMessage[];
  nameOf: (message: ChatMessage) => string;
  onSend: (text: string) => Promise<void>;
  onClose: () => void;
}

export function ChatPanel({ messages, nameOf, onSend, onClose }: Props) {
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => list.current?.scrollTo({ top: list.current.scrollHeight }), [messages.length]);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const said = text.trim();
    if (!said) return;
    setText('');
    setFailed(false);
    try {
      await onSend(said);
    } catch {
      setText(said);
      setFailed(true);
    }
  };

  return (
    <aside class="chat" aria-label="Chat" onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header>
        <h2>Chat</h2>
        <button type="button" class="plain" aria-label="Close the chat" title="Close (Escape)" onClick={onClose}>
          <Close />
        </button>
      </header>
      <ol ref={list} aria-live="polite" data-testid="chat-messages">
        {messages.length === 0 && <li class="chat-empty">Nothing has been said yet.</li>}
        {messages.map((message, index) => (
          <li key={index}>
            <span class="chat-who">{nameOf(message)}</span>
            <time>{timeOf(message)}</time>
            <p>{message.text}</p>
          </li>
        ))}
      </ol>
      <form onSubmit={(event) => void submit(event)}>
        <input
          ref={input}
          data-testid="chat-input"
          aria-label="Message to everybody"
          placeholder="Message to everybody"
          maxLength={2000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="plain send" disabled={!text.trim()}>
          Send
        </button>
      </form>
      {failed && (
        <p class="chat-failed" role="alert">
          Not sent. Try again.
        </p>
      )}
    </aside>
  );
}

function timeOf({ at }: ChatMessage): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
