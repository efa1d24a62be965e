import type { LocalMedia } from '@foyer/client';
import { useEffect, useRef } from 'preact/hooks';

/** What this participant sends, as it sees itself: the camera mirrored, the screen not. */
export function SelfVideo({ local, source }: { local: LocalMedia; source: 'camera' | 'screen' }) {
  const video = useRef<HTMLVideoElement>(null);
  const { track } = local.get(source);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    // React-style attributes come too late for browsers that decide about autoplay when the source is set.
    element.muted = true;
    element.srcObject = track ? new MediaStream([track]) : null;
    if (track) element.play().catch(() => {});
  }, [track]);
  return <video ref={video} class={source === 'camera' ? 'mirrored' : ''} hidden={!track} autoplay playsInline muted />;
}
