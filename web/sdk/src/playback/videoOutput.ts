import { FrameClock, type FrameStamp } from './frameClock.ts';

/** What is seen of one source of one participant: a stream that stays the same while the track in it changes. */
export class VideoOutput {
  /** For a video element's `srcObject`; `attach` does that. */
  readonly stream = new MediaStream();
  #element: HTMLVideoElement | undefined;
  #clock: FrameClock | undefined;
  #playing: MediaStreamTrack | undefined;

  get playing(): MediaStreamTrack | undefined {
    return this.#playing;
  }

  /** The frames shown lately, oldest first. */
  get frames(): readonly FrameStamp[] {
    return this.#clock?.frames ?? [];
  }

  /** Shows the stream in an element, which belongs to this output until `detach`. */
  attach(element: HTMLVideoElement): void {
    if (this.#element === element) return;
    this.detach();
    this.#element = element;
    element.muted = true;
    element.playsInline = true;
    element.srcObject = this.stream;
    this.#clock = new FrameClock(element);
    this.#start();
  }

  detach(): void {
    this.#clock?.stop();
    this.#clock = undefined;
    if (this.#element) this.#element.srcObject = null;
    this.#element = undefined;
  }

  play(track: MediaStreamTrack | undefined): void {
    if (track === this.#playing) return;
    const old = this.#playing;
    this.#playing = track;
    // In this order, within one task: Firefox selects a track when it is added, and none when the selected one goes.
    // Chromium keeps its picture either way.
    if (old) this.stream.removeTrack(old);
    if (track) this.stream.addTrack(track);
    this.#start();
  }

  close(): void {
    this.detach();
    this.play(undefined);
  }

  #start(): void {
    // Rejected when another load interrupts it, which then plays by itself.
    this.#element?.play().catch(() => {});
  }
}
