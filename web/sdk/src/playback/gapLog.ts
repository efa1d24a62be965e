import { Emitter } from '../events.ts';
import type { Kind, Mode, Source } from '../wire.ts';
import type { AudioChannel } from './audioOutput.ts';
import type { FrameStamp } from './frameClock.ts';
import type { VideoOutput } from './videoOutput.ts';

/** How long after a change of track its consequences are looked for; the old path is closed within this. */
const SETTLE_MS = 2_000;
const BEFORE_MS = 1_000;
const CAPACITY = 500;
/** With longer silences before the change, silence after it says nothing. */
const CONTINUOUS_MS = 30;

/** What one participant's picture or sound lacked when its track changed from one path to the other. */
export interface GapSample {
  readonly peerId: string;
  readonly userId: string;
  readonly source: Source;
  readonly kind: Kind;
  readonly from: Mode;
  readonly to: Mode;
  /** The epoch changed to. */
  readonly epoch: number;
  /** When the track changed, in milliseconds of the page's clock (`performance.now`). */
  readonly swappedAt: number;
  /**
   * Milliseconds. Video: the time between the last frame of the old track and the first one of the new. Audio: the
   * longest silence in the second after the change. `null` when it could not be measured: the page was hidden, or there
   * was no steady picture or sound before.
   */
  readonly gapMs: number | null;
  /** Milliseconds: the longest time without a new frame, or without sound, until two seconds after the change. */
  readonly worstMs: number | null;
  /** The same in the second before the change, for comparison. */
  readonly baselineMs: number | null;
  /** The frames shown from one second before the change to two seconds after it; none for audio. */
  readonly frames: readonly FrameStamp[];
}

export type Swap = Pick<GapSample, 'peerId' | 'userId' | 'source' | 'from' | 'to' | 'epoch'>;

type Measured = Pick<GapSample, 'gapMs' | 'worstMs' | 'baselineMs' | 'frames'>;

/** Measures each change of track, two seconds after it. */
export class GapLog extends Emitter<{ sample: [GapSample] }> {
  readonly #samples: GapSample[] = [];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  get samples(): readonly GapSample[] {
    return this.#samples;
  }

  video(swap: Swap, output: VideoOutput): void {
    const swappedAt = performance.now();
    this.#later(() => this.#add({ ...swap, kind: 'video', swappedAt, ...videoGap(output.frames, swappedAt) }));
  }

  audio(swap: Swap, channel: AudioChannel): void {
    const swappedAt = performance.now();
    const at = channel.now;
    // Also false where nothing is measured: no meter, or an audio context that the browser holds back.
    const audible = channel.level > 0;
    this.#later(() => {
      const longest = (from: number, to: number): number => 1000 * channel.silences.longest(at + from, at + to);
      const baselineMs = longest(-1, 0);
      const steady = audible && baselineMs < CONTINUOUS_MS;
      this.#add({
        ...swap,
        kind: 'audio',
        swappedAt,
        gapMs: steady ? longest(0, 1) : null,
        worstMs: steady ? longest(0, SETTLE_MS / 1000) : null,
        baselineMs,
        frames: [],
      });
    });
  }

  close(): void {
    this.removeAllListeners();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #later(measure: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      measure();
    }, SETTLE_MS);
    this.#timers.add(timer);
  }

  #add(sample: GapSample): void {
    this.#samples.push(sample);
    if (this.#samples.length > CAPACITY) this.#samples.shift();
    this.emit('sample', sample);
  }
}

/** Reads the gap at `swappedAt` from the frames shown around it. */
export function videoGap(all: readonly FrameStamp[], swappedAt: number): Measured {
  const frames = all.filter(
    ({ presented }) => presented >= swappedAt - BEFORE_MS && presented <= swappedAt + SETTLE_MS,
  );
  const first = frames.findIndex(({ presented }) => presented > swappedAt);
  const before = frames[first - 1];
  const after = frames[first];
  if (!before || !after) return { gapMs: null, worstMs: null, baselineMs: null, frames };
  return {
    gapMs: after.presented - before.presented,
    worstMs: longestInterval(frames.slice(first - 1)),
    baselineMs: longestInterval(frames.slice(0, first)),
    frames,
  };
}

function longestInterval(frames: readonly FrameStamp[]): number | null {
  let longest: number | null = null;
  frames.reduce((previous, frame) => {
    longest = Math.max(longest ?? 0, frame.presented - previous.presented);
    return frame;
  });
  return longest;
}
