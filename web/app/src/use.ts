import { useEffect, useReducer, useState } from 'preact/hooks';

/** Renders again when `subscribe` says that something changed. `subscribe` returns the way to stop. */
export function useChanges(subscribe: (changed: () => void) => () => void, of: unknown[]): void {
  const [, changed] = useReducer((count: number) => count + 1, 0);
  useEffect(() => subscribe(() => changed(undefined)), of);
}

/** The devices that the browser lists; without labels until the user allowed one of a kind. */
export function useDevices(again: unknown): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media?.enumerateDevices) return undefined;
    let stopped = false;
    const read = (): void => {
      media.enumerateDevices().then(
        (list) => {
          if (!stopped) setDevices(list);
        },
        () => {},
      );
    };
    read();
    media.addEventListener('devicechange', read);
    return () => {
      stopped = true;
      media.removeEventListener('devicechange', read);
    };
  }, [again]);
  return devices;
}
