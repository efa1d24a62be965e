/** The part of `RTCRtpReceiver` that tells whether media comes out of it. */
export interface WatchedReceiver {
  getSynchronizationSources(): { timestamp: number }[];
  getStats?(): Promise<RTCStatsReport>;
}

/** Timers, so that tests can hold them. */
export interface Ticker {
  start(tick: () => void, everyMs: number): () => void;
}

export const systemTicker: Ticker = {
  start(tick, everyMs) {
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  },
};

const TICK_MS = 40;
/** Ticks after which a receiver that nothing comes from is looked at less often. */
const EAGER_TICKS = 400;
const LAZY_EVERY = 12;
const STATS_EVERY = 5;

interface Watched {
  readonly receiver: WatchedReceiver;
  readonly onDecoded: () => void;
  readonly newestAtStart: number;
  emittedAtStart: number | undefined;
  ticks: number;
}

/**
 * Tells when the first frame or sound has come out of a receiver's decoder.
 *
 * A receiver's synchronization sources are stamped when a decoded frame is delivered to the track (WebRTC, section 5.3),
 * whether or not anything shows it; a hidden page gets no video frame callbacks, but it gets these. Where a browser
 * leaves them empty for video, the receiver's statistics are asked instead.
 */
export class DecodeWatch {
  readonly #watched = new Set<Watched>();
  #stop: (() => void) | undefined;

  constructor(private readonly ticker: Ticker = systemTicker) {}

  /** Calls `onDecoded` once, when media comes out that had not come out before this call. */
  watch(receiver: WatchedReceiver, onDecoded: () => void): () => void {
    const watched: Watched = {
      receiver,
      onDecoded,
      newestAtStart: newest(receiver),
      emittedAtStart: undefined,
      ticks: 0,
    };
    void emitted(receiver).then((count) => (watched.emittedAtStart ??= count));
    this.#watched.add(watched);
    this.#stop ??= this.ticker.start(() => this.#tick(), TICK_MS);
    return () => this.#remove(watched);
  }

  close(): void {
    this.#watched.clear();
    this.#stop?.();
    this.#stop = undefined;
  }

  #tick(): void {
    for (const watched of [...this.#watched]) {
      watched.ticks++;
      if (watched.ticks > EAGER_TICKS && watched.ticks % LAZY_EVERY) continue;
      if (newest(watched.receiver) > watched.newestAtStart) this.#decoded(watched);
      else if (watched.ticks % STATS_EVERY === 0) void this.#askStats(watched);
    }
  }

  async #askStats(watched: Watched): Promise<void> {
    const count = await emitted(watched.receiver);
    if (watched.emittedAtStart !== undefined && count > watched.emittedAtStart) this.#decoded(watched);
  }

  #decoded(watched: Watched): void {
    if (!this.#remove(watched)) return;
    watched.onDecoded();
  }

  #remove(watched: Watched): boolean {
    const removed = this.#watched.delete(watched);
    if (this.#watched.size === 0) {
      this.#stop?.();
      this.#stop = undefined;
    }
    return removed;
  }
}

function newest(receiver: WatchedReceiver): number {
  let timestamp = -Infinity;
  for (const source of receiver.getSynchronizationSources()) timestamp = Math.max(timestamp, source.timestamp);
  return timestamp;
}

/** Frames decoded, or sound samples that left the jitter buffer. */
async function emitted(receiver: WatchedReceiver): Promise<number> {
  let count = 0;
  try {
    for (const entry of (await receiver.getStats?.())?.values() ?? []) {
      if (entry.type !== 'inbound-rtp') continue;
      count += entry.kind === 'video' ? (entry.framesDecoded ?? 0) : packetsHeard(entry);
    }
  } catch {
    // A receiver whose connection was closed has no statistics.
  }
  return count;
}

/** `totalSamplesReceived` grows with concealment too, so packets must have come. */
function packetsHeard(entry: { packetsReceived?: number; jitterBufferEmittedCount?: number }): number {
  return entry.packetsReceived ? (entry.jitterBufferEmittedCount ?? entry.packetsReceived) : 0;
}
