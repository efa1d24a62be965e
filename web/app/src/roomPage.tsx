import type { ChatMessage, LocalMedia, Room } from '@foyer/client';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Badge } from './badge.tsx';
import { ChatPanel } from './chat.tsx';
import { Controls } from './controls.tsx';
import { Close, Link } from './icons.tsx';
import { layOut } from './layout.ts';
import { RemoteScreen, RemoteTile, SelfTile } from './tile.tsx';
import { SelfVideo } from './selfVideo.tsx';
import { useChanges } from './use.ts';
import { failureWords } from './words.ts';

interface Props {
  room: Room;
  local: LocalMedia;
  notice: string;
  onNoticeRead: () => void;
  onLeave: () => void;
}

export function RoomPage({ room, local, notice, onNoticeRead, onLeave }: Props) {
  const [messages, setMessages] = useState<ChatMessage[]>([]);
  const [read, setRead] = useState(0);
  const [chatOpen, setChatOpen] = useState(false);
  const [trouble, setTrouble] = useState('');
  useChanges(
    (changed) => all([room.on('status', changed), room.on('peers', changed), room.on('mode', changed)]),
    [room],
  );
  useChanges((changed) => all([room.on('soundBlocked', changed), room.gaps.on('sample', changed)]), [room]);
  useChanges((changed) => local.on('changed', changed), [local]);
  useEffect(() => room.on('chat', (message) => setMessages((before) => [...before, message])), [room]);
  useEffect(() => room.on('failure', (failure) => setTrouble(failureWords(failure))), [room]);
  useEffect(() => {
    if (chatOpen) setRead(messages.length);
  }, [chatOpen, messages.length]);
  useShortcuts({
    m: () => void local.setMicrophone(!local.isOn('microphone')),
    v: () => void local.setCamera(!local.isOn('camera')),
    s: () => (local.isOn('screen') ? local.stopScreen() : void local.shareScreen()),
    c: () => setChatOpen((open) => !open),
    L: onLeave,
  });

  const { mode } = room;
  const names = new Map(room.peers.map((peer) => [peer.peerId, peer.displayName]));
  return (
    <main
      class={chatOpen ? 'room with-chat' : 'room'}
      data-testid="room"
      data-room={room.roomId}
      data-mode={mode.mode ?? mode.next ?? ''}
      data-epoch={mode.epoch}
      data-committed={String(mode.committed)}
      data-status={room.status}
    >
      <header class="room-head">
        <p class="wordmark">Foyer</p>
        <h1 class="room-name">{room.roomId}</h1>
        <Badge mode={mode} samples={room.gaps.samples} />
      </header>
      <Banner status={room.status} trouble={trouble} notice={notice} onNoticeRead={onNoticeRead} />
      <Stage room={room} local={local} />
      {chatOpen && (
        <ChatPanel
          messages={messages}
          nameOf={({ peerId, userId }) => (peerId === room.peerId ? 'You' : (names.get(peerId) ?? userId))}
          onSend={(text) => room.chat(text)}
          onClose={() => setChatOpen(false)}
        />
      )}
      <footer class="room-foot">
        {room.sound.blocked && room.peers.length > 0 && (
          <button type="button" class="primary sound" onClick={() => void room.sound.resume()}>
            Turn the sound on
          </button>
        )}
        <Controls
          local={local}
          chatOpen={chatOpen}
          unread={messages.length - read}
          onChat={() => setChatOpen((open) => !open)}
          onLeave={onLeave}
        />
      </footer>
    </main>
  );
}

function Banner({
  status,
  trouble,
  notice,
  onNoticeRead,
}: {
  status: Room['status'];
  trouble: string;
  notice: string;
  onNoticeRead: () => void;
}) {
  if (status === 'connecting')
    return (
      <p class="banner" role="status">
        {trouble || 'Entering…'}
      </p>
    );
  if (status === 'reconnecting') {
    return (
      <p class="banner warning" role="alert">
        The connection was lost. Reconnecting by itself…
      </p>
    );
  }
  if (!notice) return null;
  return (
    <p class="banner warning" role="alert">
      {notice}
      <button type="button" class="plain" aria-label="Dismiss" onClick={onNoticeRead}>
        <Close />
      </button>
    </p>
  );
}

function Stage({ room, local }: { room: Room; local: LocalMedia }) {
  const { peers } = room;
  const screens = peers.filter((peer) => peer.shows('screen'));
  const sharing = local.isOn('screen');
  const grid = useRef<HTMLDivElement>(null);
  const count = peers.length + 1;
  useGrid(grid, count);
  return (
    <div class={screens.length > 0 || sharing ? 'stage with-screens' : 'stage'}>
      {(screens.length > 0 || sharing) && (
        <div class="screens">
          {screens.map((peer) => (
            <RemoteScreen key={peer.peerId} peer={peer} />
          ))}
          {sharing && screens.length === 0 && (
            <article class="tile screen own" aria-label="Your screen">
              <SelfVideo local={local} source="screen" />
              <p class="name-plate">You share your screen</p>
            </article>
          )}
        </div>
      )}
      <div class="grid" ref={grid} data-count={count}>
        {peers.map((peer) => (
          <RemoteTile key={peer.peerId} peer={peer} />
        ))}
        <SelfTile local={local} name={room.userId} />
      </div>
      {peers.length === 0 && room.status === 'joined' && <Invitation />}
    </div>
  );
}

function Invitation() {
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${location.pathname}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // Without permission the address is there to be copied by hand.
    }
  };
  return (
    <div class="invitation">
      <p>You are the first one here. Invite others with this address:</p>
      <button type="button" class="address" onClick={() => void copy()} title="Copy the address">
        <Link />
        <span>{address}</span>
        <em>{copied ? 'Copied' : 'Copy'}</em>
      </button>
    </div>
  );
}

/** Sizes the tiles of a grid so that they fill it best. */
function useGrid(grid: { readonly current: HTMLDivElement | null }, count: number): void {
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return undefined;
    const fit = (): void => {
      const { clientWidth, clientHeight } = element;
      const { width, height } = layOut(count, clientWidth, clientHeight, 12);
      element.style.setProperty('--tile-width', `${width}px`);
      element.style.setProperty('--tile-height', `${height}px`);
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    return () => observer.disconnect();
  }, [count]);
}

function useShortcuts(actions: Record<string, () => void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target instanceof HTMLElement && event.target.closest('input, select, textarea')) return;
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
}

function all(stops: (() => void)[]): () => void {
  return () => {
    for (const stop of stops) stop();
  };
}
