import { Emitter } from '../events.ts';
import { SilenceLog } from './silenceLog.ts';
import type { MeterMessage } from './meter.worklet.ts';

const FADE_S = 0.02;

/**
 * Plays all participants through one audio graph. A channel fades from one track to the next inside the graph, so a
 * change of path has no moment in which nothing is connected, as there is when an element changes its track.
 */
export class AudioOutput extends Emitter<{ blocked: [boolean] }> {
  readonly #context = new AudioContext({ latencyHint: 'interactive' });
  readonly #metering: Promise<boolean>;

  /** @param meterUrl where the page serves `@foyer/client/meter-worklet`; nothing is measured without it */
  constructor(meterUrl?: string) {
    super();
    this.#metering = meterUrl === undefined ? Promise.resolve(false) : this.#loadMeter(meterUrl);
    this.#context.onstatechange = () => this.emit('blocked', this.blocked);
    if (this.blocked) void this.resume();
  }

  /** Whether the browser waits for the user to touch the page before it plays sound. */
  get blocked(): boolean {
    return this.#context.state !== 'running' && this.#context.state !== 'closed';
  }

  /** Tries to start; works from within a click or a key press. */
  async resume(): Promise<void> {
    await this.#context.resume().catch(() => {});
  }

  /** Plays on another loudspeaker, where the browser can. */
  async setSink(deviceId: string): Promise<void> {
    const context = this.#context as AudioContext & { setSinkId?(id: string): Promise<void> };
    await context.setSinkId?.(deviceId);
  }

  createChannel(): AudioChannel {
    return new AudioChannel(this.#context, this.#metering);
  }

  close(): void {
    this.removeAllListeners();
    this.#context.onstatechange = null;
    void this.#context.close();
  }

  async #loadMeter(url: string): Promise<boolean> {
    try {
      await this.#context.audioWorklet.addModule(url);
      return true;
    } catch {
      // Sound matters more than its measurement.
      return false;
    }
  }
}

interface Voice {
  readonly element: HTMLAudioElement;
  readonly source: MediaStreamAudioSourceNode;
  readonly gain: GainNode;
}

/** What is heard of one participant. */
export class AudioChannel {
  readonly silences = new SilenceLog();
  readonly #context: AudioContext;
  readonly #bus: GainNode;
  readonly #voices = new Map<MediaStreamTrack, Voice>();
  #meter: AudioWorkletNode | undefined;
  #playing: MediaStreamTrack | undefined;
  #level = 0;
  #closed = false;

  constructor(context: AudioContext, metering: Promise<boolean>) {
    this.#context = context;
    this.#bus = new GainNode(context);
    this.#bus.connect(context.destination);
    void metering.then((available) => {
      if (available && !this.#closed) this.#attachMeter();
    });
  }

  /** Loudness of the last moment, 0 to 1. */
  get level(): number {
    return this.#level;
  }

  /** Seconds of the clock that `silences` is in. */
  get now(): number {
    return this.#context.currentTime;
  }

  get playing(): MediaStreamTrack | undefined {
    return this.#playing;
  }

  /** Decodes a track without playing it. */
  prepare(track: MediaStreamTrack): void {
    if (this.#voices.has(track) || this.#closed) return;
    const stream = new MediaStream([track]);
    // Chromium pulls sound out of a remote track only while an element plays it.
    const element = new Audio();
    element.muted = true;
    element.srcObject = stream;
    element.play().catch(() => {});
    const source = new MediaStreamAudioSourceNode(this.#context, { mediaStream: stream });
    const gain = new GainNode(this.#context, { gain: 0 });
    source.connect(gain).connect(this.#bus);
    this.#voices.set(track, { element, source, gain });
  }

  /** Fades over to a track, or to silence. */
  play(track: MediaStreamTrack | undefined): void {
    if (track === this.#playing) return;
    if (track) this.prepare(track);
    this.#fade(this.#playing, 0);
    this.#fade(track, 1);
    this.#playing = track;
  }

  /** Lets a track go; the one that plays fades out first. */
  release(track: MediaStreamTrack): void {
    if (track === this.#playing) this.play(undefined);
    const voice = this.#voices.get(track);
    if (!voice) return;
    this.#voices.delete(track);
    setTimeout(() => silence(voice), FADE_S * 2000);
  }

  close(): void {
    this.#closed = true;
    for (const voice of this.#voices.values()) silence(voice);
    this.#voices.clear();
    this.#meter?.port.close();
    this.#meter?.disconnect();
    this.#bus.disconnect();
  }

  #fade(track: MediaStreamTrack | undefined, to: number): void {
    const gain = track && this.#voices.get(track)?.gain.gain;
    if (!gain) return;
    const now = this.#context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(to, now + FADE_S);
  }

  #attachMeter(): void {
    // Beside the way to the loudspeaker, not in it: a meter that fails must not silence anybody.
    const meter = new AudioWorkletNode(this.#context, 'foyer-meter', { numberOfOutputs: 0, channelCount: 1 });
    meter.port.onmessage = ({ data }: MessageEvent<MeterMessage>) => {
      if (data.type === 'level') this.#level = data.peak;
      else if (data.type === 'quiet') this.silences.begin(data.start);
      else this.silences.add(data.start, data.end);
    };
    this.#bus.connect(meter);
    this.#meter = meter;
  }
}

function silence({ element, source, gain }: Voice): void {
  source.disconnect();
  gain.disconnect();
  element.pause();
  element.srcObject = null;
}
