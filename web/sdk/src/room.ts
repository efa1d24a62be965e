import { Device } from 'mediasoup-client';
import { FoyerError, asError } from './errors.ts';
import { Emitter } from './events.ts';
import type { LocalMedia } from './localMedia.ts';
import { AudioOutput } from './playback/audioOutput.ts';
import { GapLog } from './playback/gapLog.ts';
import { RemotePeer } from './remotePeer.ts';
import type { SfuDevice } from './sfu/sfuTransport.ts';
import { Signaling } from './signaling.ts';
import { Switchover } from './switchover.ts';
import type { Shown } from './trackSelection.ts';
import {
  SOURCES,
  type ChatMessage,
  type Kind,
  type Mode,
  type PeerMessage,
  type RoomType,
  type RtpCapabilities,
  type ServerEvents,
} from './wire.ts';

export interface RoomOptions {
  /** Origin of the server; the page's own when absent. */
  url?: string;
  token?: string;
  roomId: string;
  /** Settled by whoever comes first. */
  type?: RoomType;
  userId: string;
  displayName?: string;
  /** What to send; stays the caller's, also after `leave`. */
  local: LocalMedia;
  /** Where the page serves `@foyer/client/meter-worklet`. Without it sound is played, but not measured. */
  meterUrl?: string;
}

/** `lost`: not in the room any more and not coming back by itself. */
export type RoomStatus = 'idle' | 'connecting' | 'joined' | 'reconnecting' | 'left' | 'lost';

/** How the room's media runs. */
export interface RoomMode {
  /** What is shown now; nothing before the first join. */
  readonly mode: Mode | undefined;
  readonly epoch: number;
  /** Whether nothing is under way. */
  readonly committed: boolean;
  /** Where the room is going while `committed` is false. */
  readonly next: Mode | undefined;
  /** The server's word for why. */
  readonly reason: string;
}

export type RoomEvents = {
  status: [RoomStatus];
  peers: [];
  mode: [];
  chat: [ChatMessage];
  activeSpeaker: [string | null];
  /** Why the room was lost, or could not be reached this time (`status` tells which). */
  failure: [FoyerError];
  /** Sound waits for the user to touch the page. */
  soundBlocked: [boolean];
  /** Something went wrong that the room lives with; for a log. */
  warning: [Error];
};

/** Codes of a refused join that time may cure: the seat of the lost connection is freed, or the server is back. */
const CURABLE = new Set(['ROOM_FULL', 'DRAINING', 'TIMEOUT', 'DISCONNECTED', 'INTERNAL', 'RATE_LIMITED']);
const REJOIN_MS = 2_000;
const REJOIN_ATTEMPTS = 60;

/** A room, joined by this page: who is in it, what they send, and where the media runs. */
export class Room extends Emitter<RoomEvents> {
  readonly gaps = new GapLog();
  readonly sound: AudioOutput;
  readonly #options: RoomOptions;
  readonly #signaling: Signaling;
  readonly #peers = new Map<string, RemotePeer>();
  readonly #cleanups: (() => void)[] = [];
  #media: Switchover | undefined;
  #status: RoomStatus = 'idle';
  #joinedBefore = false;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #peerId = '';
  #entering = false;
  #waiting: (() => void)[] = [];

  constructor(options: RoomOptions) {
    super();
    this.#options = options;
    this.sound = new AudioOutput(options.meterUrl);
    const { url, token } = options;
    this.#signaling = new Signaling({
      ...(url === undefined ? {} : { url }),
      ...(token === undefined ? {} : { token }),
    });
    this.#listen();
  }

  get status(): RoomStatus {
    return this.#status;
  }

  get roomId(): string {
    return this.#options.roomId;
  }

  get userId(): string {
    return this.#options.userId;
  }

  /** This participant's own id. */
  get peerId(): string {
    return this.#peerId;
  }

  get peers(): readonly RemotePeer[] {
    return [...this.#peers.values()];
  }

  get mode(): RoomMode {
    const { running, pending } = this.#media?.topology ?? {};
    return {
      mode: running?.mode,
      epoch: running?.epoch ?? pending?.epoch ?? 0,
      committed: running !== undefined && pending === undefined,
      next: pending?.mode,
      reason: this.#media?.reason ?? '',
    };
  }

  /** Connects and joins; what comes of it is told by `status` and `failure`. */
  join(): void {
    if (this.#status !== 'idle') return;
    this.#setStatus('connecting');
    this.#signaling.connect();
  }

  leave(): void {
    if (this.#signaling.connected) void this.#signaling.request('leaveRoom', {}).catch(() => {});
    this.#end('left');
  }

  async chat(text: string): Promise<void> {
    await this.#signaling.request('chat', { text });
  }

  /** Asks the server to move the room. */
  async requestMode(mode: Mode, reason: string): Promise<void> {
    await this.#signaling.request('requestMode', { mode, reason });
  }

  #listen(): void {
    const signaling = this.#signaling;
    signaling.on('up', ({ recovered }) => this.#onUp(recovered));
    signaling.on('down', () => {
      if (this.#status === 'joined') this.#setStatus('reconnecting');
    });
    signaling.on('refused', ({ message, code, final }) => {
      const failure = new FoyerError(final ? (code ?? 'UNAUTHORIZED') : 'UNREACHABLE', message);
      if (final) this.#lose(failure);
      else this.emit('failure', failure);
    });
    const inRoom = <Name extends keyof ServerEvents>(
      name: Name,
      handle: (message: ServerEvents[Name]) => void,
    ): void => {
      signaling.on(name, (...[message]) => this.#inRoom(() => handle(message as ServerEvents[Name])));
    };
    inRoom('peerJoined', (peer) => this.#addPeer(peer));
    inRoom('peerLeft', ({ peerId }) => this.#removePeer(peerId));
    inRoom('peerUpdated', (peer) => this.#updatePeer(peer));
    inRoom('newProducer', (producer) => this.#media?.addProducer(producer));
    inRoom('producerPaused', ({ producerId }) => this.#media?.setProducerPaused(producerId, true));
    inRoom('producerResumed', ({ producerId }) => this.#media?.setProducerPaused(producerId, false));
    inRoom('producerClosed', ({ producerId }) => this.#media?.removeProducer(producerId));
    inRoom('consumerClosed', ({ consumerId }) => this.#media?.removeConsumer(consumerId));
    inRoom('modeChanged', (message) => this.#media?.changed(message));
    inRoom('modeCommitted', ({ epoch }) => this.#media?.committed(epoch));
    inRoom('signal', (signal) => this.#media?.signal(signal));
    inRoom('peerMuted', ({ peerId, kind, muted }) => {
      if (muted && peerId === this.#peerId) this.#obeyMute(kind);
    });
    inRoom('chat', (message) => this.emit('chat', message));
    inRoom('activeSpeaker', ({ peerId }) => this.emit('activeSpeaker', peerId));
    signaling.on('roomClosed', ({ reason }) => {
      // A server that is stopped says so and disconnects; the call goes on with the one that comes in its place.
      if (reason !== 'shutdown') this.#lose(new FoyerError('ROOM_CLOSED', reason ?? 'The room was closed'));
    });
    signaling.on('error', ({ code, error, message, event, reason }) => {
      const text = error ?? message ?? 'The server reported an error';
      const failure = new FoyerError(code ?? 'INTERNAL', reason ? `${text}: ${reason}` : text);
      // Joins are acknowledged: without being asked the server says only that the seat is taken away.
      if (event === 'joinRoom') this.#lose(failure);
      else this.emit('warning', failure);
    });
    signaling.on('admitted', ({ callId }) => {
      if (callId === this.#options.roomId && this.#media && this.#status !== 'joined') void this.#enter();
    });
    signaling.on('denied', ({ callId }) => {
      if (callId === this.#options.roomId) this.#lose(new FoyerError('FORBIDDEN', 'Not admitted'));
    });
    this.sound.on('blocked', (blocked) => this.emit('soundBlocked', blocked));
    this.#cleanups.push(
      this.#options.local.on('changed', (source) => {
        this.#media?.setLocal(source, this.#options.local.get(source));
        this.#tellMediaState();
      }),
    );
    const onNetwork = (): void => this.#media?.networkChanged();
    globalThis.addEventListener?.('online', onNetwork);
    this.#cleanups.push(() => globalThis.removeEventListener?.('online', onNetwork));
  }

  /** Events that overtake the answer to the join wait for it. */
  #inRoom(handle: () => void): void {
    if (this.#entering) this.#waiting.push(handle);
    else handle();
  }

  #onUp(recovered: boolean): void {
    if (recovered && this.#media) {
      this.#setStatus('joined');
      this.#media.resumed();
      this.#tellMediaState();
    } else {
      void this.#enter();
    }
  }

  /** Joins, for the first time or anew after the server has given the seat away. */
  async #enter(): Promise<void> {
    const { roomId, type, userId, displayName, local } = this.#options;
    clearTimeout(this.#retry);
    this.#clear();
    const media = this.#createMedia();
    this.#media = media;
    this.#entering = true;
    try {
      const reply = await this.#signaling.request('joinRoom', {
        callId: roomId,
        ...(type ? { type } : {}),
        userId,
        displayName: displayName ?? userId,
        mediaState: local.state,
        mesh: true,
      });
      // Another attempt was begun, or the room left, in the meantime.
      if (this.#media !== media) return;
      this.#peerId = reply.peerId;
      for (const source of SOURCES) media.setLocal(source, local.get(source));
      for (const peer of reply.peers) this.#addPeer(peer);
      media.join(reply);
      this.#joinedBefore = true;
      this.#attempts = 0;
      this.#setStatus('joined');
      this.#entered();
      // What changed while the request was on its way.
      this.#tellMediaState();
    } catch (error) {
      if (this.#media === media) this.#onRefused(error);
    }
  }

  #entered(): void {
    this.#entering = false;
    for (const handle of this.#waiting.splice(0)) handle();
  }

  #onRefused(thrown: unknown): void {
    const failure = thrown instanceof FoyerError ? thrown : new FoyerError('INTERNAL', asError(thrown).message);
    if (failure.code === 'LOBBY') {
      // The server says when a moderator has decided.
      this.emit('failure', failure);
      return;
    }
    // On the first join the user is there to read it.
    const curable = CURABLE.has(failure.code) && (this.#joinedBefore || failure.code === 'DISCONNECTED');
    if (!curable || this.#attempts++ >= REJOIN_ATTEMPTS) {
      this.#lose(failure);
      return;
    }
    this.emit('failure', failure);
    this.#retry = setTimeout(() => {
      if (this.#signaling.connected) void this.#enter();
    }, REJOIN_MS);
  }

  #createMedia(): Switchover {
    const media = new Switchover({
      roomId: this.#options.roomId,
      requester: this.#signaling,
      createConnection: (iceServers) => new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' }),
      loadDevice,
    });
    media.on('topology', () => this.emit('mode'));
    media.on('warning', (error) => this.emit('warning', error));
    media.selection.on('prepare', ({ peerId, source, track }) => {
      if (source === 'microphone') this.#peers.get(peerId)?.voice.prepare(track);
    });
    media.selection.on('release', ({ peerId, source, track }) => {
      if (source === 'microphone') this.#peers.get(peerId)?.voice.release(track);
    });
    media.selection.on('show', (shown) => this.#show(shown));
    return media;
  }

  #show({ peerId, source, candidate, previous }: Shown): void {
    const peer = this.#peers.get(peerId);
    if (!peer) return;
    if (candidate && previous && candidate.path !== previous.path) {
      const { userId } = peer;
      const { mode: to, epoch } = candidate.path;
      const swap = { peerId, userId, source, from: previous.path.mode, to, epoch };
      if (source === 'microphone') this.gaps.audio(swap, peer.voice);
      else this.gaps.video(swap, source === 'camera' ? peer.camera : peer.screen);
    }
    peer.output(source).play(candidate?.track);
    this.emit('peers');
  }

  #addPeer(message: PeerMessage): void {
    const known = this.#peers.get(message.peerId);
    if (known) known.update(message);
    const peer = known ?? new RemotePeer(message, this.sound.createChannel());
    this.#peers.set(peer.peerId, peer);
    this.#media?.addPeer({ peerId: peer.peerId, mediaState: peer.mediaState, polite: message.polite ?? true });
    this.emit('peers');
  }

  #updatePeer(message: PeerMessage): void {
    const peer = this.#peers.get(message.peerId);
    if (!peer) return;
    peer.update(message);
    this.#media?.updatePeer(peer.peerId, peer.mediaState);
    this.emit('peers');
  }

  #removePeer(peerId: string): void {
    const peer = this.#peers.get(peerId);
    if (!peer) return;
    this.#media?.removePeer(peerId);
    this.#peers.delete(peerId);
    peer.close();
    this.emit('peers');
  }

  /** The server forwards nothing any more; until a mesh has given way to it, not sending is up to us. */
  #obeyMute(kind: Kind): void {
    const { local } = this.#options;
    if (kind === 'audio') {
      void local.setMicrophone(false);
    } else {
      void local.setCamera(false);
      local.stopScreen();
    }
  }

  #tellMediaState(): void {
    if (this.#status !== 'joined' || !this.#signaling.connected) return;
    this.#signaling.request('updatePeer', { mediaState: this.#options.local.state }).catch((error: unknown) => {
      this.emit('warning', asError(error));
    });
  }

  #lose(failure: FoyerError): void {
    if (this.#status === 'left' || this.#status === 'lost') return;
    this.emit('failure', failure);
    this.#end('lost');
  }

  #end(status: 'left' | 'lost'): void {
    if (this.#status === 'left' || this.#status === 'lost') return;
    clearTimeout(this.#retry);
    for (const cleanup of this.#cleanups) cleanup();
    this.#signaling.close();
    this.#clear();
    this.gaps.close();
    this.sound.close();
    this.#setStatus(status);
    this.removeAllListeners();
  }

  #clear(): void {
    this.#entering = false;
    this.#waiting = [];
    this.#media?.close();
    this.#media = undefined;
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
    this.emit('peers');
    this.emit('mode');
  }

  #setStatus(status: RoomStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.emit('status', status);
  }
}

async function loadDevice(routerRtpCapabilities: RtpCapabilities): Promise<SfuDevice> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities });
  return device;
}
