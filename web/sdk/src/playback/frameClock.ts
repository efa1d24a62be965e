/** When a video frame was presented, in milliseconds of the page's clock. */
export interface FrameStamp {
  readonly presented: number;
  /** When its last packet arrived. */
  readonly received?: number;
  readonly rtpTimestamp?: number;
}

/** About ten seconds. */
const CAPACITY = 300;

/** Notes each frame that a video element shows. Sees nothing while the page is hidden, as nothing is shown. */
export class FrameClock {
  readonly #element: HTMLVideoElement;
  readonly #frames: FrameStamp[] = [];
  #handle = 0;

  constructor(element: HTMLVideoElement) {
    this.#element = element;
    this.#request();
  }

  get frames(): readonly FrameStamp[] {
    return this.#frames;
  }

  stop(): void {
    if (this.#handle) this.#element.cancelVideoFrameCallback(this.#handle);
    this.#handle = 0;
  }

  #request(): void {
    // Absent in old browsers; then there is nothing to tell.
    this.#handle =
      this.#element.requestVideoFrameCallback?.((_, { presentationTime, receiveTime, rtpTimestamp }) => {
        this.#frames.push({
          presented: presentationTime,
          ...(receiveTime === undefined ? {} : { received: receiveTime }),
          ...(rtpTimestamp === undefined ? {} : { rtpTimestamp }),
        });
        if (this.#frames.length > CAPACITY) this.#frames.shift();
        this.#request();
      }) ?? 0;
  }
}
