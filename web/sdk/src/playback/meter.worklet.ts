/**
 * Listens to what one participant's channel plays and says when it was silent, to the sample, and how loud it is.
 *
 * Runs in the audio thread; shares nothing with the page but its messages, and so imports nothing at run time.
 */

/** From the meter to the page. Times are seconds of the audio context's clock. */
export type MeterMessage =
  /** A silence that is over. */
  | { readonly type: 'silence'; readonly start: number; readonly end: number }
  /** A silence that goes on. */
  | { readonly type: 'quiet'; readonly start: number }
  /** The loudest sample of the last interval, 0 to 1. */
  | { readonly type: 'level'; readonly peak: number };

declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(inputs: Float32Array[][]): boolean;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare const sampleRate: number;
declare const currentFrame: number;

/** -66 dB: under it lies what dithering and comfort noise leave of silence. */
const THRESHOLD = 0.0005;
/** Longer than any half wave of what can be heard, shorter than any gap worth telling. */
const SHORTEST_SILENCE = 0.005;
const LEVEL_INTERVAL = 0.15;

class Meter extends AudioWorkletProcessor {
  #lastSound = 0;
  #quietTold = false;
  #peak = 0;
  #levelDue = 0;

  constructor() {
    super();
    this.#lastSound = currentFrame;
  }

  override process(inputs: Float32Array[][]): boolean {
    // Without a source connected there are no channels: silence.
    const samples = inputs[0]?.[0];
    if (samples) {
      for (let i = 0; i < samples.length; i++) {
        const magnitude = Math.abs(samples[i] as number);
        if (magnitude < THRESHOLD) continue;
        if (magnitude > this.#peak) this.#peak = magnitude;
        this.#sound(currentFrame + i);
      }
    }
    const now = currentFrame + (samples?.length ?? 128);
    if (!this.#quietTold && now - this.#lastSound > SHORTEST_SILENCE * sampleRate * 2) {
      this.#quietTold = true;
      this.#post({ type: 'quiet', start: this.#lastSound / sampleRate });
    }
    if (now >= this.#levelDue) {
      this.#levelDue = now + LEVEL_INTERVAL * sampleRate;
      this.#post({ type: 'level', peak: this.#peak });
      this.#peak = 0;
    }
    return true;
  }

  #sound(frame: number): void {
    if (frame - this.#lastSound > SHORTEST_SILENCE * sampleRate) {
      this.#post({ type: 'silence', start: this.#lastSound / sampleRate, end: frame / sampleRate });
    }
    this.#lastSound = frame;
    this.#quietTold = false;
  }

  #post(message: MeterMessage): void {
    this.port.postMessage(message);
  }
}

registerProcessor('foyer-meter', Meter);
