import type { types } from 'mediasoup-client';
import { FoyerError, asError } from '../errors.ts';
import { Emitter } from '../events.ts';
import { cameraScale } from '../path/cameraScale.ts';
import { DecodeWatch } from '../path/decodeWatch.ts';
import type { LocalTrack, MediaPath, PathEvents, PathPeer } from '../path/mediaPath.ts';
import type { Requester } from '../signaling.ts';
import type { ProducerMessage, Source } from '../wire.ts';
import { SfuReceiver } from './sfuReceiver.ts';
import { SfuSender } from './sfuSender.ts';
import { SfuTransport, type SfuDevice } from './sfuTransport.ts';
import { warmUp } from './warmUp.ts';

export interface SfuOptions {
  readonly requester: Requester;
  /** Loaded with the router's capabilities. */
  readonly device: Promise<SfuDevice>;
  readonly epoch: number;
  readonly iceServers: RTCIceServer[];
  /** Sets everything up but sends and receives nothing until `activate`. */
  readonly probing?: boolean;
  readonly watch?: DecodeWatch;
}

/** Media through the server's SFU: one transport up, one down, a producer a source, a consumer a remote producer. */
export class SfuPath extends Emitter<PathEvents> implements MediaPath {
  readonly mode = 'sfu';
  readonly #requester: Requester;
  readonly #iceServers: RTCIceServer[];
  readonly #watch: DecodeWatch;
  readonly #peers = new Set<string>();
  readonly #local = new Map<Source, LocalTrack>();
  readonly #senders = new Map<Source, SfuSender>();
  readonly #receivers = new Map<string, SfuReceiver>();
  readonly #opened: Promise<void>;
  #send: SfuTransport | undefined;
  #receive: SfuTransport | undefined;
  #device: SfuDevice | undefined;
  #epoch: number;
  #probing: boolean;
  #closed = false;

  constructor({ requester, device, epoch, iceServers, probing = false, watch = new DecodeWatch() }: SfuOptions) {
    super();
    this.#requester = requester;
    this.#epoch = epoch;
    this.#iceServers = iceServers;
    this.#probing = probing;
    this.#watch = watch;
    this.#opened = this.#open(device);
    this.#opened.catch((error: unknown) => {
      if (!this.#closed) this.emit('failed', asError(error));
    });
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** What this side produces now. */
  get producerIds(): string[] {
    return [...this.#senders.values()].flatMap(({ producerId }) => producerId ?? []);
  }

  get probing(): boolean {
    return this.#probing;
  }

  get ready(): boolean {
    if (this.#probing || !this.#send || !this.#receive?.connected) return false;
    for (const [source, { track }] of this.#local) {
      if (!track || !this.#canProduce(track)) continue;
      if (!this.#send.connected || !this.#senders.get(source)?.settled) return false;
    }
    return [...this.#receivers.values()].every((receiver) => receiver.ready);
  }

  relabel(epoch: number): void {
    this.#epoch = epoch;
  }

  /** Ends the probing: what is on starts to flow. */
  activate(epoch: number): void {
    this.#epoch = epoch;
    if (!this.#probing) return;
    this.#probing = false;
    this.#settleAll();
  }

  /** Back to probing: the transports stay up, nothing flows. */
  park(): void {
    if (this.#probing || this.#closed) return;
    this.#probing = true;
    for (const producerId of [...this.#receivers.keys()]) this.#drop(producerId, true);
    this.#settleAll();
  }

  addPeer({ peerId }: PathPeer): void {
    this.#peers.add(peerId);
    this.#scaleCamera();
  }

  updatePeer(): void {}

  removePeer(peerId: string): void {
    this.#peers.delete(peerId);
    this.#scaleCamera();
    for (const [producerId, receiver] of this.#receivers) {
      if (receiver.peerId === peerId) this.#drop(producerId, false);
    }
  }

  setLocal(source: Source, local: LocalTrack): void {
    this.#local.set(source, local);
    this.#settle(source);
    this.emit('readiness');
  }

  /** Another participant's producer, announced by the server. */
  addProducer(producer: ProducerMessage): void {
    if (this.#probing || this.#closed) return;
    const known = this.#receivers.get(producer.producerId);
    if (known) {
      known.setPaused(producer.paused ?? false);
      return;
    }
    const receiver: SfuReceiver = new SfuReceiver(producer, this.#requester, this.#watch, {
      onTrack: (track, flow) => this.emit('track', { peerId: receiver.peerId, source: receiver.source, track, flow }),
      onReadiness: () => this.emit('readiness'),
    });
    this.#receivers.set(producer.producerId, receiver);
    void this.#consume(producer.producerId, receiver);
    this.emit('readiness');
  }

  setProducerPaused(producerId: string, paused: boolean): void {
    this.#receivers.get(producerId)?.setPaused(paused);
  }

  removeProducer(producerId: string): void {
    this.#drop(producerId, false);
  }

  removeConsumer(consumerId: string): void {
    for (const [producerId, receiver] of this.#receivers) {
      if (receiver.consumerId === consumerId) this.#drop(producerId, false);
    }
  }

  resumed(): void {
    this.#settleAll();
    for (const [producerId, receiver] of this.#receivers) void this.#consume(producerId, receiver);
  }

  networkChanged(): void {
    this.#send?.restartIce();
    this.#receive?.restartIce();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.removeAllListeners();
    for (const receiver of this.#receivers.values()) receiver.close(false);
    for (const sender of this.#senders.values()) sender.close();
    this.#receivers.clear();
    this.#senders.clear();
    this.#send?.close();
    this.#receive?.close();
    this.#watch.close();
  }

  async #open(loading: Promise<SfuDevice>): Promise<void> {
    const [device, up, down] = await Promise.all([
      loading,
      this.#requester.request('createTransport', { direction: 'send' }),
      this.#requester.request('createTransport', { direction: 'recv' }),
    ]);
    if (this.#closed) return;
    const iceServers = this.#iceServers;
    const send = device.createSendTransport({ ...up, iceServers });
    const receive = device.createRecvTransport({ ...down, iceServers });
    send.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const { paused, ...rest } = appData;
      this.#requester
        .request('produce', { transportId: send.id, kind, rtpParameters, appData: rest, paused: paused === true })
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    this.#device = device;
    this.#send = this.#guard(send);
    this.#receive = this.#guard(receive);
    void warmUp(receive, device.recvRtpCapabilities).then((error) => error && this.#complain(error));
    this.#settleAll();
    this.emit('readiness');
  }

  #guard(transport: types.Transport): SfuTransport {
    const guarded = new SfuTransport(transport, this.#requester);
    guarded.on('connected', () => this.emit('readiness'));
    guarded.on('lost', (error) => this.emit('failed', error));
    guarded.on('warning', (error) => this.emit('warning', error));
    return guarded;
  }

  #scaleCamera(): void {
    this.#senders.get('camera')?.scale(cameraScale(this.#peers.size));
  }

  #canProduce(track: MediaStreamTrack): boolean {
    return this.#device?.canProduce(track.kind as types.MediaKind) ?? false;
  }

  #settleAll(): void {
    for (const source of this.#local.keys()) this.#settle(source);
  }

  #settle(source: Source): void {
    const local = this.#local.get(source);
    if (!local || !this.#send || this.#closed) return;
    if (local.track && !this.#canProduce(local.track)) return;
    let sender = this.#senders.get(source);
    if (!sender) {
      sender = new SfuSender(source, this.#send.transport, this.#requester);
      this.#senders.set(source, sender);
      this.#scaleCamera();
    }
    sender.apply(local, this.#probing).then(
      () => this.emit('readiness'),
      (error: unknown) => this.#complain(error),
    );
  }

  async #consume(producerId: string, receiver: SfuReceiver): Promise<void> {
    try {
      await this.#opened;
      if (this.#receive && this.#device && !this.#closed) {
        await receiver.open(this.#receive.transport, this.#device.recvRtpCapabilities);
      }
    } catch (error) {
      // What cannot be received must not keep the room waiting for it.
      const code = error instanceof FoyerError ? error.code : '';
      if (code === 'PRODUCER_NOT_FOUND' || code === 'CANNOT_CONSUME') this.#drop(producerId, false);
      this.#complain(error);
    }
  }

  #drop(producerId: string, there: boolean): void {
    const receiver = this.#receivers.get(producerId);
    if (!receiver) return;
    this.#receivers.delete(producerId);
    receiver.close(there);
    const { peerId, source, track } = receiver;
    if (track) this.emit('trackGone', { peerId, source, track });
    this.emit('readiness');
  }

  #complain(error: unknown): void {
    // A lost connection is repaired by `resumed`, or by a new session.
    if (this.#closed || (error instanceof FoyerError && error.code === 'DISCONNECTED')) return;
    this.emit('warning', asError(error));
  }
}
