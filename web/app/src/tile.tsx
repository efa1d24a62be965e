import type { LocalMedia, RemotePeer } from '@foyer/client';
import { useEffect, useRef } from 'preact/hooks';
import { MicrophoneOff } from './icons.tsx';
import { SelfVideo } from './selfVideo.tsx';

/** Loudness from which somebody counts as speaking. */
const SPEAKING = 0.04;

export function RemoteTile({ peer }: { peer: RemotePeer }) {
  const tile = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) peer.camera.attach(video.current);
    return () => peer.camera.detach();
  }, [peer]);
  // Beside the rendering: it changes several times a second.
  useEffect(() => {
    const timer = setInterval(
      () => tile.current?.toggleAttribute('data-speaking', !peer.muted && peer.voice.level > SPEAKING),
      200,
    );
    return () => clearInterval(timer);
  }, [peer]);

  const { displayName, userId } = peer;
  const visible = peer.shows('camera');
  return (
    <article class="tile" ref={tile} data-testid="tile" data-user={userId} aria-label={displayName}>
      <video ref={video} class={visible ? '' : 'concealed'} autoplay playsInline muted />
      {!visible && <Avatar name={displayName} />}
      <NamePlate name={displayName} muted={peer.muted} />
    </article>
  );
}

export function RemoteScreen({ peer }: { peer: RemotePeer }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) peer.screen.attach(video.current);
    return () => peer.screen.detach();
  }, [peer]);
  const label = `${peer.displayName}’s screen`;
  return (
    <article class="tile screen" data-testid="screen" data-user={peer.userId} aria-label={label}>
      <video ref={video} autoplay playsInline muted />
      <NamePlate name={label} muted={false} />
    </article>
  );
}

export function SelfTile({ local, name }: { local: LocalMedia; name: string }) {
  const visible = local.isOn('camera');
  return (
    <article class="tile self" data-testid="tile" data-user={name} data-self aria-label={`${name} (you)`}>
      <SelfVideo local={local} source="camera" />
      {!visible && <Avatar name={name} />}
      <NamePlate name="You" muted={!local.isOn('microphone')} />
    </article>
  );
}

function NamePlate({ name, muted }: { name: string; muted: boolean }) {
  return (
    <p class="name-plate">
      {muted && (
        <span class="muted-mark" role="img" aria-label="Muted">
          <MicrophoneOff />
        </span>
      )}
      <span class="name">{name}</span>
    </p>
  );
}

/** Initials on a color that stays the same for a name. */
function Avatar({ name }: { name: string }) {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 6;
  const initials = name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? '')
    .join('');
  return (
    <div class={`avatar shade-${hash}`} aria-hidden="true">
      <span>{initials}</span>
    </div>
  );
}
