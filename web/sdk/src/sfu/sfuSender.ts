import type { types } from 'mediasoup-client';
import { FoyerError } from '../errors.ts';
import { applyScale } from '../path/cameraScale.ts';
import type { LocalTrack } from '../path/mediaPath.ts';
import type { Requester } from '../signaling.ts';
import type { Source } from '../wire.ts';

/** Starts the bandwidth estimate where video is watchable, so that a switch does not begin with a blur. */
const START_BITRATE_KBPS = 1_000;

/**
 * Keeps the producer of one source as the local track and the path want it. mediasoup-client may stop the track it is
 * given, so it is given a clone, which is stopped here.
 */
export class SfuSender {
  readonly #source: Source;
  readonly #transport: types.Transport;
  readonly #requester: Requester;
  #local: LocalTrack = { track: null, muted: true };
  /** Of which `#clone` is the clone. */
  #original: MediaStreamTrack | null = null;
  #clone: MediaStreamTrack | null = null;
  #producer: types.Producer | undefined;
  /** What the server was last told. */
  #pausedThere = true;
  #held = true;
  #scale = 1;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(source: Source, transport: types.Transport, requester: Requester) {
    this.#source = source;
    this.#transport = transport;
    this.#requester = requester;
  }

  get producerId(): string | undefined {
    return this.#producer?.id;
  }

  /** Whether the SFU has of this source what it should have. */
  get settled(): boolean {
    return this.#original === this.#local.track && (!this.#producer || this.#pausedThere === this.#wantsPause());
  }

  /**
   * Brings the producer in line. `held` keeps it paused although the source is on. Resolves when done; a refusal
   * rejects, and the next call tries again.
   */
  apply(local: LocalTrack, held: boolean): Promise<void> {
    this.#local = local;
    this.#held = held;
    this.#work = this.#work.catch(() => {}).then(() => this.#reconcile());
    return this.#work;
  }

  /** Has the picture reduced before it is encoded. */
  scale(scale: number): void {
    this.#scale = scale;
    const sender = this.#producer?.rtpSender;
    if (sender && !this.#closed) void applyScale(sender, scale);
  }

  close(): void {
    this.#closed = true;
    this.#producer?.close();
    this.#clone?.stop();
    this.#clone = null;
  }

  #wantsPause(): boolean {
    return this.#held || this.#local.muted || !this.#local.track;
  }

  async #reconcile(): Promise<void> {
    if (this.#closed) return;
    if (!this.#producer) {
      if (this.#local.track?.readyState !== 'live') return;
      await this.#produce(this.#local.track);
      if (this.#closed) return;
    }
    if (this.#local.track !== this.#original) await this.#replace(this.#local.track);
    await this.#pauseOrResume();
  }

  async #produce(track: MediaStreamTrack): Promise<void> {
    const clone = this.#take(track);
    this.#pausedThere = this.#wantsPause();
    try {
      this.#producer = await this.#transport.produce({
        track: clone,
        stopTracks: false,
        disableTrackOnPause: false,
        zeroRtpOnPause: true,
        appData: { source: this.#source, paused: this.#pausedThere },
        ...(this.#scale === 1 ? {} : { encodings: [{ scaleResolutionDownBy: this.#scale }] }),
        ...(clone.kind === 'video' ? { codecOptions: { videoGoogleStartBitrate: START_BITRATE_KBPS } } : {}),
      });
    } catch (error) {
      this.#take(null);
      throw error;
    }
    if (this.#closed) this.close();
    else if (this.#pausedThere) this.#producer.pause();
  }

  async #replace(track: MediaStreamTrack | null): Promise<void> {
    const old = this.#clone;
    this.#clone = null;
    const clone = this.#take(track);
    await this.#producer?.replaceTrack({ track: clone });
    old?.stop();
  }

  async #pauseOrResume(): Promise<void> {
    const producer = this.#producer;
    if (!producer || this.#closed) return;
    const pause = this.#wantsPause();
    if (pause && !producer.paused) producer.pause();
    else if (!pause && producer.paused) producer.resume();
    if (pause === this.#pausedThere) return;
    try {
      await this.#requester.request(pause ? 'pauseProducer' : 'resumeProducer', { producerId: producer.id });
    } catch (error) {
      // Muted by a moderator: the server notes the wish and follows it when the mute is lifted.
      if (pause || !(error instanceof FoyerError) || error.code !== 'FORBIDDEN') throw error;
    }
    this.#pausedThere = pause;
  }

  #take(track: null): null;
  #take(track: MediaStreamTrack): MediaStreamTrack;
  #take(track: MediaStreamTrack | null): MediaStreamTrack | null;
  #take(track: MediaStreamTrack | null): MediaStreamTrack | null {
    this.#clone?.stop();
    this.#original = track;
    this.#clone = track?.clone() ?? null;
    // A clone made while the source was muted would stay silent after it is not.
    if (this.#clone) this.#clone.enabled = true;
    return this.#clone;
  }
}
