import type { types } from 'mediasoup-client';
import type { Ticker, WatchedReceiver } from '../src/path/decodeWatch.ts';
import type { SfuDevice } from '../src/sfu/sfuTransport.ts';
import type { Requester } from '../src/signaling.ts';
import type { Requests, SignalBody } from '../src/wire.ts';

/** Lets every promise that can settle do so. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve();
}

export class FakeTrack {
  static made = 0;
  readonly id = `track-${++FakeTrack.made}`;
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  readonly clones: FakeTrack[] = [];

  constructor(readonly kind: 'audio' | 'video') {}

  clone(): FakeTrack {
    const clone = new FakeTrack(this.kind);
    clone.enabled = this.enabled;
    this.clones.push(clone);
    return clone;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  addEventListener(): void {}
}

export function track(kind: 'audio' | 'video'): MediaStreamTrack {
  return new FakeTrack(kind) as unknown as MediaStreamTrack;
}

export class FakeReceiver implements WatchedReceiver {
  readonly track: MediaStreamTrack;
  #timestamp = 0;

  constructor(kind: 'audio' | 'video') {
    this.track = track(kind);
  }

  /** A frame comes out of the decoder. */
  frame(): void {
    this.#timestamp++;
  }

  getSynchronizationSources(): { timestamp: number }[] {
    return this.#timestamp ? [{ timestamp: this.#timestamp }] : [];
  }
}

/** Time that passes when the test says so. */
export class HandTicker implements Ticker {
  readonly #ticks = new Set<() => void>();

  start(tick: () => void): () => void {
    this.#ticks.add(tick);
    return () => void this.#ticks.delete(tick);
  }

  get running(): boolean {
    return this.#ticks.size > 0;
  }

  tick(times = 1): void {
    for (let i = 0; i < times; i++) for (const tick of [...this.#ticks]) tick();
  }
}

type Asked = { [Name in keyof Requests]: { name: Name; body: Requests[Name][0] } }[keyof Requests];

/** Records requests and answers them as the server would. */
export class FakeServer implements Requester {
  connected = true;
  readonly asked: Asked[] = [];
  readonly refusals = new Map<keyof Requests, Error>();
  #ids = 0;

  request<Name extends keyof Requests>(name: Name, body: Requests[Name][0]): Promise<Requests[Name][1]> {
    this.asked.push({ name, body } as Asked);
    const refusal = this.refusals.get(name);
    if (refusal) return Promise.reject(refusal);
    return Promise.resolve(this.#answer(name, body) as Requests[Name][1]);
  }

  /** The bodies of all requests of a name. */
  bodies<Name extends keyof Requests>(name: Name): Requests[Name][0][] {
    return this.asked.filter((asked) => asked.name === name).map((asked) => asked.body as Requests[Name][0]);
  }

  #answer(name: keyof Requests, body: unknown): unknown {
    switch (name) {
      case 'createTransport':
        return { id: `transport-${++this.#ids}` };
      case 'produce':
        return { producerId: `own-${++this.#ids}` };
      case 'consume': {
        const { producerId } = body as { producerId: string };
        const kind = producerId.includes('audio') ? 'audio' : 'video';
        return { id: `consumer-of-${producerId}`, producerId, kind, rtpParameters: {} };
      }
      case 'getProducers':
        return { producers: [] };
      default:
        return {};
    }
  }
}

type Handler = (...args: never[]) => void;

class FakeEmitter {
  readonly #handlers = new Map<string, Handler>();

  on(event: string, handler: Handler): void {
    this.#handlers.set(event, handler);
  }

  protected fire(event: string, ...args: unknown[]): void {
    (this.#handlers.get(event) as ((...args: unknown[]) => void) | undefined)?.(...args);
  }
}

export class FakeProducer {
  paused = false;
  closed = false;

  constructor(
    readonly id: string,
    public track: MediaStreamTrack | null,
  ) {}

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  async replaceTrack({ track: replacement }: { track: MediaStreamTrack | null }): Promise<void> {
    this.track = replacement;
  }

  close(): void {
    this.closed = true;
  }
}

export class FakeConsumer {
  closed = false;
  readonly rtpReceiver: FakeReceiver;

  constructor(
    readonly id: string,
    readonly producerId: string,
    kind: 'audio' | 'video',
  ) {
    this.rtpReceiver = new FakeReceiver(kind);
  }

  get track(): MediaStreamTrack {
    return this.rtpReceiver.track;
  }

  close(): void {
    this.closed = true;
  }
}

/** Behaves as mediasoup-client's transport: connects on the first use. */
export class FakeTransport extends FakeEmitter {
  connectionState = 'new';
  closed = false;
  readonly producers: FakeProducer[] = [];
  readonly consumers: FakeConsumer[] = [];

  constructor(readonly id: string) {
    super();
  }

  setState(state: string): void {
    this.connectionState = state;
    this.fire('connectionstatechange', state);
  }

  async produce({ track: sent, appData }: types.ProducerOptions): Promise<FakeProducer> {
    await this.#connect();
    const id = await new Promise<string>((resolve, reject) => {
      this.fire(
        'produce',
        { kind: sent?.kind, rtpParameters: {}, appData },
        (made: { id: string }) => resolve(made.id),
        reject,
      );
    });
    const producer = new FakeProducer(id, sent ?? null);
    this.producers.push(producer);
    return producer;
  }

  async consume({ id, producerId, kind }: types.ConsumerOptions): Promise<FakeConsumer> {
    await this.#connect();
    const consumer = new FakeConsumer(id, producerId, kind);
    this.consumers.push(consumer);
    return consumer;
  }

  async restartIce(): Promise<void> {}

  close(): void {
    this.closed = true;
    this.connectionState = 'closed';
  }

  async #connect(): Promise<void> {
    if (this.connectionState !== 'new') return;
    this.connectionState = 'connecting';
    await new Promise<void>((resolve, reject) => this.fire('connect', { dtlsParameters: {} }, resolve, reject));
    this.setState('connected');
  }
}

export class FakeDevice {
  readonly recvRtpCapabilities = {
    codecs: [{ kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48000, channels: 2 }],
  };
  readonly send: FakeTransport[] = [];
  readonly receive: FakeTransport[] = [];

  canProduce(): boolean {
    return true;
  }

  createSendTransport({ id }: { id: string }): FakeTransport {
    return add(this.send, new FakeTransport(id));
  }

  createRecvTransport({ id }: { id: string }): FakeTransport {
    return add(this.receive, new FakeTransport(id));
  }

  /** For where the real one is asked for. */
  get asDevice(): Promise<SfuDevice> {
    return Promise.resolve(this as unknown as SfuDevice);
  }

  /** The consumer of a producer, once it exists. */
  consumerOf(producerId: string): FakeConsumer {
    const consumer = this.receive
      .flatMap(({ consumers }) => consumers)
      .findLast((made) => made.producerId === producerId);
    if (!consumer) throw new Error(`nothing consumes ${producerId}`);
    return consumer;
  }
}

function add<Item>(list: Item[], item: Item): Item {
  list.push(item);
  return item;
}

/** As much of a peer connection as negotiation and the mesh need. Descriptions are their own numbers. */
export class FakeConnection {
  static made: FakeConnection[] = [];
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  localDescription: { type: RTCSdpType; sdp: string } | null = null;
  remoteDescription: { type: RTCSdpType; sdp: string } | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: RTCIceCandidate | null }) => void) | null = null;
  ontrack: ((event: unknown) => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  readonly transceivers: { direction: string; sender: FakeSender; receiver: FakeReceiver }[] = [];
  readonly candidates: RTCIceCandidateInit[] = [];
  rollbacks = 0;
  restarts = 0;
  closed = false;
  #descriptions = 0;

  constructor() {
    FakeConnection.made.push(this);
  }

  addTransceiver(kind: 'audio' | 'video', { direction }: { direction: string }): unknown {
    const transceiver = { direction, sender: new FakeSender(), receiver: new FakeReceiver(kind) };
    this.transceivers.push(transceiver);
    if (this.transceivers.length === 1) queueMicrotask(() => this.onnegotiationneeded?.());
    return transceiver;
  }

  getTransceivers(): unknown[] {
    return this.transceivers;
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    const answering = this.signalingState === 'have-remote-offer';
    this.localDescription = { type: answering ? 'answer' : 'offer', sdp: String(++this.#descriptions) };
    this.signalingState = answering ? 'stable' : 'have-local-offer';
  }

  async setRemoteDescription(description: { type: RTCSdpType; sdp: string }): Promise<void> {
    await Promise.resolve();
    if (description.type === 'offer') {
      if (this.signalingState === 'have-local-offer') this.rollbacks++;
      this.signalingState = 'have-remote-offer';
    } else {
      if (this.signalingState !== 'have-local-offer') throw new Error(`answer in ${this.signalingState}`);
      this.signalingState = 'stable';
    }
    this.remoteDescription = description;
  }

  async addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (!this.remoteDescription) throw new Error('candidate without a description');
    this.candidates.push(candidate);
  }

  /** The other side's media of the first section, and the connection, come up. */
  connect(): void {
    this.connectionState = 'connected';
    this.iceConnectionState = 'connected';
    this.onconnectionstatechange?.();
    for (const transceiver of this.transceivers) {
      this.ontrack?.({ transceiver, track: transceiver.receiver.track, receiver: transceiver.receiver });
    }
  }

  setIceState(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    if (state === 'disconnected' || state === 'failed') this.connectionState = state;
    this.oniceconnectionstatechange?.();
  }

  restartIce(): void {
    this.restarts++;
  }

  async getStats(): Promise<Map<string, unknown>> {
    return new Map();
  }

  close(): void {
    this.closed = true;
  }
}

class FakeSender {
  track: MediaStreamTrack | null = null;
  readonly parameters = { encodings: [{ scaleResolutionDownBy: 1 }] };

  getParameters(): typeof this.parameters {
    return structuredClone(this.parameters);
  }

  async setParameters(parameters: typeof this.parameters): Promise<void> {
    Object.assign(this.parameters, parameters);
  }

  async replaceTrack(replacement: MediaStreamTrack | null): Promise<void> {
    this.track = replacement;
  }
}

/** Hands signals over when the test says so, to control which cross. */
export class Wire {
  readonly waiting: { to: number; signal: SignalBody }[] = [];

  sender(to: number): (signal: SignalBody) => void {
    return (signal) => void this.waiting.push({ to, signal });
  }
}
