import type { FrameStamp, GapSample, Room, RoomMode } from '@foyer/client';

/** What one other participant looks like from here. */
export interface PeerMeasurement {
  readonly userId: string;
  readonly peerId: string;
  /** Frames that its camera's tile has shown lately, oldest first. */
  readonly frames: readonly FrameStamp[];
  /** How loud it is now, 0 to 1. */
  readonly level: number;
}

/**
 * `window.foyer`: what tests, and the curious, can measure in the page. Times are milliseconds of the page's clock
 * (`performance.now`). Described in `web/README.md`.
 */
export interface Measurements {
  /** A sample for each tile, sound and picture apart, and each change of path; complete two seconds after the change. */
  gaps(): readonly GapSample[];
  mode(): RoomMode | undefined;
  peers(): PeerMeasurement[];
}

declare global {
  interface Window {
    foyer?: Measurements;
  }
}

export function exposeMeasurements(room: Room | undefined): void {
  window.foyer = {
    gaps: () => room?.gaps.samples ?? [],
    mode: () => room?.mode,
    peers: () =>
      (room?.peers ?? []).map(({ userId, peerId, camera, voice }) => ({
        userId,
        peerId,
        frames: camera.frames,
        level: voice.level,
      })),
  };
}
