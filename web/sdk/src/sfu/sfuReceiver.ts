import type { types } from 'mediasoup-client';
import { FoyerError } from '../errors.ts';
import type { DecodeWatch } from '../path/decodeWatch.ts';
import type { Flow } from '../path/mediaPath.ts';
import type { Requester } from '../signaling.ts';
import type { ProducerMessage, RtpCapabilities, Source } from '../wire.ts';

export interface ReceiverCallbacks {
  /** The consumer's track exists, or its flow changed. */
  onTrack(track: MediaStreamTrack, flow: Flow): void;
  onReadiness(): void;
}

/** One producer of another participant, and the consumer that receives it. */
export class SfuReceiver {
  readonly peerId: string;
  readonly source: Source;
  readonly #producerId: string;
  readonly #requester: Requester;
  readonly #watch: DecodeWatch;
  readonly #callbacks: ReceiverCallbacks;
  #consumer: types.Consumer | undefined;
  #paused: boolean;
  #opening = false;
  #resumedThere = false;
  #decoded = false;
  #closed = false;
  #stopWatch = (): void => {};

  constructor(producer: ProducerMessage, requester: Requester, watch: DecodeWatch, callbacks: ReceiverCallbacks) {
    this.peerId = producer.peerId;
    this.source = sourceOf(producer);
    this.#producerId = producer.producerId;
    this.#paused = producer.paused ?? false;
    this.#requester = requester;
    this.#watch = watch;
    this.#callbacks = callbacks;
  }

  get consumerId(): string | undefined {
    return this.#consumer?.id;
  }

  get track(): MediaStreamTrack | undefined {
    return this.#consumer?.track;
  }

  /** Nothing to wait for: paused by its owner, or seen. */
  get ready(): boolean {
    return this.#paused || this.#decoded;
  }

  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    // What comes after a pause must come out of the decoder anew.
    this.#decoded = false;
    this.#stopWatch();
    if (this.#consumer) {
      if (!paused) this.#startWatch(this.#consumer);
      this.#callbacks.onTrack(this.#consumer.track, 'waiting');
    }
    this.#callbacks.onReadiness();
  }

  /** Starts to receive, or finishes what was interrupted. */
  async open(transport: types.Transport, rtpCapabilities: RtpCapabilities): Promise<void> {
    if (this.#opening || this.#closed) return;
    this.#opening = true;
    try {
      this.#consumer ??= await this.#consume(transport, rtpCapabilities);
      if (!this.#consumer || this.#resumedThere) return;
      await this.#requester.request('resumeConsumer', { consumerId: this.#consumer.id });
      this.#resumedThere = true;
    } finally {
      this.#opening = false;
    }
  }

  /** @param there whether the server has to be told */
  close(there: boolean): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWatch();
    if (!this.#consumer) return;
    if (there) this.#closeThere(this.#consumer.id);
    this.#consumer.close();
  }

  async #consume(transport: types.Transport, rtpCapabilities: RtpCapabilities): Promise<types.Consumer | undefined> {
    const { id, kind, rtpParameters } = await this.#requester.request('consume', {
      transportId: transport.id,
      producerId: this.#producerId,
      rtpCapabilities,
    });
    const consumer = this.#closed
      ? undefined
      : await transport.consume({ id, producerId: this.#producerId, kind, rtpParameters });
    if (!consumer || this.#closed) {
      consumer?.close();
      this.#closeThere(id);
      return undefined;
    }
    if (!this.#paused) this.#startWatch(consumer);
    this.#callbacks.onTrack(consumer.track, 'waiting');
    this.#callbacks.onReadiness();
    return consumer;
  }

  #startWatch(consumer: types.Consumer): void {
    const receiver = consumer.rtpReceiver;
    if (!receiver) return;
    this.#stopWatch = this.#watch.watch(receiver, () => {
      this.#decoded = true;
      this.#callbacks.onTrack(consumer.track, 'flowing');
      this.#callbacks.onReadiness();
    });
  }

  #closeThere(consumerId: string): void {
    // Refused when the producer is gone already; then so is the consumer.
    this.#requester.request('closeConsumer', { consumerId }).catch((_: FoyerError) => {});
  }
}

/** Clients of other dialects do not say where a producer's media comes from. */
function sourceOf({ kind, appData }: ProducerMessage): Source {
  const said = appData?.['source'];
  if (kind === 'audio') return 'microphone';
  return said === 'screen' || appData?.['screen'] === true || appData?.['share'] === true ? 'screen' : 'camera';
}
