import { asError } from '../errors.ts';
import { Emitter } from '../events.ts';
import { applyScale } from '../path/cameraScale.ts';
import type { LocalTrack } from '../path/mediaPath.ts';
import { SOURCES, kindOf, type SignalBody, type Source } from '../wire.ts';
import { LinkStats, type LinkQuality } from './linkStats.ts';
import { PerfectNegotiation } from './perfectNegotiation.ts';

/** A route that was lost may come back by itself within this time (RFC 8445 checks are still running). */
const RESTART_AFTER_MS = 1_500;
/** A link that is not up this long after it was opened or lost is reported as failed. */
const FAILED_AFTER_MS = 8_000;

export type LinkEvents = {
  track: [Source, MediaStreamTrack, RTCRtpReceiver];
  state: ['connected' | 'failed' | 'interrupted'];
  warning: [Error];
};

export interface LinkOptions {
  readonly connection: RTCPeerConnection;
  readonly polite: boolean;
  readonly send: (signal: SignalBody) => void;
  readonly local: ReadonlyMap<Source, LocalTrack>;
}

/**
 * The peer connection to one other participant.
 *
 * Every link has one media section a source, in the order of `SOURCES`, sending in both directions from the start; a
 * source that is off sends nothing. So cameras and screens come and go by `replaceTrack`, without a new offer.
 */
export class MeshLink extends Emitter<LinkEvents> {
  readonly #connection: RTCPeerConnection;
  readonly #negotiation: PerfectNegotiation;
  readonly #local: ReadonlyMap<Source, LocalTrack>;
  readonly #stats = new LinkStats();
  readonly #slots = new Map<Source, RTCRtpTransceiver>();
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  #failTimer: ReturnType<typeof setTimeout> | undefined;
  #cameraScale = 1;
  #closed = false;

  constructor({ connection, polite, send, local }: LinkOptions) {
    super();
    this.#connection = connection;
    this.#local = local;
    this.#negotiation = new PerfectNegotiation({ connection, polite, send, beforeAnswer: () => this.#fillSlots() });
    connection.onnegotiationneeded = () => this.#attempt(this.#negotiation.offer());
    connection.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) send({ candidate: candidate.toJSON() });
    };
    connection.ontrack = ({ transceiver, track, receiver }) => {
      const source = sourceOf(connection.getTransceivers(), transceiver);
      if (source) this.emit('track', source, track, receiver);
    };
    connection.oniceconnectionstatechange = () => this.#onState();
    connection.onconnectionstatechange = () => this.#onState();
    this.#expectConnection();
  }

  get connected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  /** Makes the first offer. */
  open(): void {
    for (const source of SOURCES) {
      const transceiver = this.#connection.addTransceiver(kindOf(source), { direction: 'sendrecv' });
      this.#slots.set(source, transceiver);
      this.#send(source);
    }
  }

  receive(signal: SignalBody): void {
    this.#attempt(this.#negotiation.receive(signal));
  }

  /** What is sent of `source` has changed. */
  localChanged(source: Source): void {
    if (this.#slots.has(source)) this.#send(source);
    else if (this.#connection.remoteDescription) this.#addSlot(source);
  }

  scaleCamera(scale: number): void {
    this.#cameraScale = scale;
    this.#scale();
  }

  /** The server may have dropped what was said last. */
  repeat(): void {
    this.#negotiation.repeat();
  }

  restartIce(): void {
    if (this.#closed) return;
    this.#connection.restartIce();
    this.#expectConnection();
  }

  async quality(): Promise<LinkQuality> {
    const report = await this.#connection.getStats();
    return this.#stats.read(report as unknown as Iterable<[string, unknown]>);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#restartTimer);
    clearTimeout(this.#failTimer);
    this.removeAllListeners();
    this.#connection.onnegotiationneeded = null;
    this.#connection.onicecandidate = null;
    this.#connection.ontrack = null;
    this.#connection.oniceconnectionstatechange = null;
    this.#connection.onconnectionstatechange = null;
    this.#connection.close();
  }

  /** Answers on the sections that the other side offered. */
  #fillSlots(): void {
    const transceivers = this.#connection.getTransceivers();
    for (const transceiver of transceivers) {
      const source = sourceOf(transceivers, transceiver);
      if (!source || this.#slots.has(source)) continue;
      this.#slots.set(source, transceiver);
      transceiver.direction = 'sendrecv';
      this.#send(source);
    }
    for (const [source, { track }] of this.#local) {
      if (track && !this.#slots.has(source)) this.#addSlot(source);
    }
  }

  #addSlot(source: Source): void {
    this.#slots.set(source, this.#connection.addTransceiver(kindOf(source), { direction: 'sendrecv' }));
    this.#send(source);
  }

  #send(source: Source): void {
    const sender = this.#slots.get(source)?.sender;
    const track = this.#local.get(source)?.track ?? null;
    if (sender && sender.track !== track) this.#attempt(sender.replaceTrack(track));
  }

  #scale(): void {
    const sender = this.#slots.get('camera')?.sender;
    if (sender) this.#attempt(applyScale(sender, this.#cameraScale));
  }

  #onState(): void {
    const { connectionState, iceConnectionState } = this.#connection;
    if (connectionState === 'connected') {
      clearTimeout(this.#restartTimer);
      clearTimeout(this.#failTimer);
      this.#restartTimer = this.#failTimer = undefined;
      this.#scale();
      this.emit('state', 'connected');
    } else if (connectionState === 'failed' || iceConnectionState === 'failed') {
      this.emit('state', 'interrupted');
      this.restartIce();
    } else if (iceConnectionState === 'disconnected') {
      this.emit('state', 'interrupted');
      this.#restartTimer ??= setTimeout(() => this.restartIce(), RESTART_AFTER_MS);
      this.#expectConnection();
    }
  }

  #expectConnection(): void {
    this.#failTimer ??= setTimeout(() => {
      if (!this.connected) this.emit('state', 'failed');
    }, FAILED_AFTER_MS);
  }

  #attempt(operation: Promise<void>): void {
    operation.catch((error: unknown) => {
      if (!this.#closed) this.emit('warning', asError(error));
    });
  }
}

/** The first audio section is the microphone, the first video section the camera, the second the screen. */
export function sourceOf(
  transceivers: readonly RTCRtpTransceiver[],
  transceiver: RTCRtpTransceiver,
): Source | undefined {
  const kind = transceiver.receiver.track.kind;
  const index = transceivers.filter((other) => other.receiver.track.kind === kind).indexOf(transceiver);
  return SOURCES.filter((source) => kindOf(source) === kind)[index];
}
