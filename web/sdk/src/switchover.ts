import { asError } from './errors.ts';
import { Emitter } from './events.ts';
import { MeshPath } from './mesh/meshPath.ts';
import type { LocalTrack, MediaPath, PathPeer } from './path/mediaPath.ts';
import { SfuPath } from './sfu/sfuPath.ts';
import type { SfuDevice } from './sfu/sfuTransport.ts';
import type { Requester } from './signaling.ts';
import { NOWHERE, step, type Topology, type TopologyAction, type TopologyInput } from './topology.ts';
import { TrackSelection } from './trackSelection.ts';
import type { JoinReply, MediaState, ModeChanged, ProducerMessage, RtpCapabilities, Signal, Source } from './wire.ts';

/** How long the old path outlives the commit: the others hear of it a little later or earlier. At most two seconds. */
const RETIRE_MS = 1_200;
/** How long a mesh runs before the way to the SFU is tried out, so that joining is not slowed down by it. */
const PROBE_AFTER_MS = 1_000;
const PROBE_RETRY_MS = 15_000;

export interface SwitchoverOptions {
  readonly roomId: string;
  readonly requester: Requester;
  readonly createConnection: (iceServers: RTCIceServer[]) => RTCPeerConnection;
  readonly loadDevice: (rtpCapabilities: RtpCapabilities) => Promise<SfuDevice>;
}

export type SwitchoverEvents = {
  topology: [];
  warning: [Error];
};

/**
 * Moves one participant's media between the mesh and the SFU as the server says: builds the new path beside the old one,
 * changes each track when its successor decodes, retires the old path.
 */
export class Switchover extends Emitter<SwitchoverEvents> {
  /** What the paths offer, and which of it is shown. */
  readonly selection = new TrackSelection();
  readonly #options: SwitchoverOptions;
  readonly #peers = new Map<string, PathPeer>();
  readonly #local = new Map<Source, LocalTrack>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #topology: Topology = NOWHERE;
  #running: MediaPath | undefined;
  #pending: MediaPath | undefined;
  /** Retired and about to close; signals of its epoch are not answered any more. */
  readonly #retired = new Set<MediaPath>();
  /** A probed way to the SFU, kept for the next change. */
  #standby: SfuPath | undefined;
  #device: Promise<SfuDevice> | undefined;
  #capabilities = '';
  #iceServers: RTCIceServer[] = [];
  #reason = '';
  #closed = false;

  constructor(options: SwitchoverOptions) {
    super();
    this.#options = options;
  }

  get topology(): Topology {
    return this.#topology;
  }

  /** Why the room is, or is about to be, where it is; the server's word. */
  get reason(): string {
    return this.#reason;
  }

  join(reply: JoinReply): void {
    this.#learn(reply);
    this.#input({ type: 'joined', mode: reply.mode, epoch: reply.epoch, committed: reply.committed ?? true });
    for (const producer of reply.producers ?? []) this.addProducer(producer);
    this.#evaluate();
  }

  changed(message: ModeChanged): void {
    this.#learn(message);
    const restarted = message.reason === 'sfu-restarted';
    if (restarted) this.#dropStandby();
    const fresh = restarted && message.mode === 'sfu';
    this.#input({ type: 'changed', mode: message.mode, epoch: message.epoch, fresh });
    this.#evaluate();
  }

  committed(epoch: number): void {
    this.#input({ type: 'committed', epoch });
  }

  signal(signal: Signal): void {
    for (const path of this.#paths()) {
      if (path instanceof MeshPath && path.epoch === signal.epoch) path.receive(signal);
    }
  }

  addPeer(peer: PathPeer): void {
    this.#peers.set(peer.peerId, peer);
    for (const path of this.#paths()) path.addPeer(peer);
    this.#scheduleProbe(PROBE_AFTER_MS);
  }

  updatePeer(peerId: string, mediaState: MediaState): void {
    const known = this.#peers.get(peerId);
    if (!known) return;
    const peer = { ...known, mediaState };
    this.#peers.set(peerId, peer);
    for (const path of this.#paths()) path.updatePeer(peer);
  }

  removePeer(peerId: string): void {
    this.#peers.delete(peerId);
    for (const path of [...this.#paths(), ...this.#retired]) path.removePeer(peerId);
    this.selection.removePeer(peerId);
  }

  addProducer(producer: ProducerMessage): void {
    for (const path of this.#sfuPaths()) path.addProducer(producer);
    // Also when nothing is to be decoded, the server waits for it to be said again.
    this.#input({ type: 'withdrawn' });
    this.#evaluate();
  }

  setProducerPaused(producerId: string, paused: boolean): void {
    for (const path of this.#sfuPaths()) path.setProducerPaused(producerId, paused);
    if (!paused) this.#input({ type: 'withdrawn' });
    this.#evaluate();
  }

  removeProducer(producerId: string): void {
    for (const path of this.#sfuPaths()) path.removeProducer(producerId);
  }

  removeConsumer(consumerId: string): void {
    for (const path of this.#sfuPaths()) path.removeConsumer(consumerId);
  }

  setLocal(source: Source, local: LocalTrack): void {
    this.#local.set(source, local);
    for (const path of this.#paths()) path.setLocal(source, local);
  }

  resumed(): void {
    for (const path of this.#paths()) path.resumed();
    // A `modeReady` may have been lost with the connection; it may be said twice.
    this.#input({ type: 'withdrawn' });
    this.#evaluate();
  }

  networkChanged(): void {
    for (const path of this.#paths()) path.networkChanged();
  }

  close(): void {
    this.#closed = true;
    this.removeAllListeners();
    this.selection.close();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const path of [...this.#paths(), ...this.#retired]) path.close();
  }

  #learn({ iceServers, rtpCapabilities, reason }: JoinReply | ModeChanged): void {
    if (iceServers) this.#iceServers = iceServers;
    if (reason !== undefined) this.#reason = reason;
    if (!rtpCapabilities) return;
    const capabilities = JSON.stringify(rtpCapabilities);
    if (capabilities === this.#capabilities) return;
    this.#capabilities = capabilities;
    this.#device = this.#options.loadDevice(rtpCapabilities);
    // Reported by the path that uses it.
    this.#device.catch(() => {});
  }

  *#paths(): Generator<MediaPath> {
    const { running } = this.#topology;
    if (this.#running && running) yield this.#running;
    if (this.#pending && this.#pending !== this.#running) yield this.#pending;
    if (this.#standby && this.#standby !== this.#pending && this.#standby !== this.#running) yield this.#standby;
  }

  /** Those that the server's words about producers are for: a path beside a fresh one is dead. */
  *#sfuPaths(): Generator<SfuPath> {
    if (this.#pending instanceof SfuPath) yield this.#pending;
    else if (this.#running instanceof SfuPath) yield this.#running;
  }

  #input(input: TopologyInput): void {
    if (this.#closed) return;
    const [topology, actions] = step(this.#topology, input);
    const moved = actions.length > 0;
    this.#topology = topology;
    for (const action of actions) this.#act(action);
    if (moved) this.emit('topology');
  }

  #act(action: TopologyAction): void {
    switch (action.type) {
      case 'open': {
        const path = this.#open(action);
        if (this.#topology.pending) this.#pending = path;
        else this.#setRunning(path);
        break;
      }
      case 'relabel':
        this.#pending = this.#running;
        this.#running?.relabel(action.epoch);
        break;
      case 'discard':
        if (this.#pending && this.#pending !== this.#running) this.#putAway(this.#pending);
        this.#pending = undefined;
        break;
      case 'sayReady':
        this.#options.requester.request('modeReady', { epoch: action.epoch }).catch(() => {
          // Said again on return; without it the server commits when its time is up.
        });
        break;
      case 'commit':
        this.#commit();
        break;
    }
  }

  #setRunning(path: MediaPath | undefined): void {
    this.#running = path;
    this.selection.commit(path);
  }

  #commit(): void {
    const old = this.#running;
    this.#setRunning(this.#pending);
    this.#pending = undefined;
    if (old && old !== this.#running) {
      this.#retired.add(old);
      this.#later(RETIRE_MS, () => {
        // It may have been taken back by a change in the meantime.
        if (this.#retired.delete(old)) this.#putAway(old);
      });
    }
    this.#scheduleProbe(PROBE_AFTER_MS);
  }

  #open({ mode, epoch }: TopologyAction & { type: 'open' }): MediaPath {
    const path = mode === 'p2p' ? this.#openMesh(epoch) : this.#openSfu(epoch);
    for (const peer of this.#peers.values()) path.addPeer(peer);
    return path;
  }

  #openMesh(epoch: number): MeshPath {
    const { requester, createConnection } = this.#options;
    const createHere = (): RTCPeerConnection => createConnection(this.#iceServers);
    return this.#wire(new MeshPath({ requester, epoch, createConnection: createHere }));
  }

  #openSfu(epoch: number): SfuPath {
    const leaving = [...this.#retired].find((path) => path instanceof SfuPath);
    const kept = this.#standby ?? leaving;
    if (!kept) return this.#createSfu(epoch, false);
    this.#retired.delete(kept);
    this.#standby = undefined;
    kept.relabel(epoch);
    kept.activate(epoch);
    return kept;
  }

  /** The SFU has forgotten the transports behind it. */
  #dropStandby(): void {
    this.#standby?.close();
    this.#standby = undefined;
    for (const path of this.#retired) {
      if (!(path instanceof SfuPath)) continue;
      this.#retired.delete(path);
      path.close();
      this.selection.forget(path);
    }
  }

  #createSfu(epoch: number, probing: boolean): SfuPath {
    const device = this.#device ?? Promise.reject(new Error('The server has not said what its media server can do'));
    const { requester } = this.#options;
    const path = new SfuPath({ requester, device, epoch, probing, iceServers: this.#iceServers });
    return this.#wire(path);
  }

  #wire<Path extends MediaPath>(path: Path): Path {
    for (const [source, local] of this.#local) path.setLocal(source, local);
    path.on('readiness', () => {
      if (path === this.#pending) this.#evaluate();
    });
    path.on('track', (remote) => this.selection.offer(path, remote));
    path.on('trackGone', ({ peerId, source, track }) => this.selection.withdraw(peerId, source, track));
    path.on('warning', (error) => this.emit('warning', error));
    path.on('failed', (error) => {
      this.emit('warning', error);
      void this.#replace(path);
    });
    return path;
  }

  /** A path to the SFU that cannot recover: another takes its place, under the same epoch. */
  async #replace(path: MediaPath): Promise<void> {
    if (this.#closed || !(path instanceof SfuPath)) return;
    const { requester, roomId } = this.#options;
    const { probing, producerIds } = path;
    path.close();
    this.selection.forget(path);
    if (path === this.#standby) {
      this.#standby = undefined;
      this.#scheduleProbe(PROBE_RETRY_MS);
      return;
    }
    const fresh = this.#createSfu(path.epoch, probing);
    if (path === this.#pending) this.#pending = fresh;
    if (path === this.#running) this.#setRunning(fresh);
    try {
      for (const producerId of producerIds) await requester.request('closeProducer', { producerId });
      const { producers } = await requester.request('getProducers', { callId: roomId });
      for (const producer of producers) fresh.addProducer(producer);
    } catch (error) {
      this.emit('warning', asError(error));
    }
  }

  #putAway(path: MediaPath): void {
    if (path instanceof SfuPath && !this.#standby && this.#topology.running?.mode === 'p2p') {
      path.park();
      this.#standby = path;
    } else {
      path.close();
    }
    this.selection.forget(path);
  }

  #scheduleProbe(afterMs: number): void {
    this.#later(afterMs, () => {
      const { running, pending } = this.#topology;
      if (running?.mode !== 'p2p' || pending || this.#standby || this.#peers.size === 0 || !this.#device) return;
      if (this.#retired.size > 0 || !this.#options.requester.connected) return;
      this.#standby = this.#createSfu(running.epoch, true);
    });
  }

  #evaluate(): void {
    this.#input({ type: 'readiness', ready: this.#pending?.ready ?? false });
  }

  #later(afterMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#closed) action();
    }, afterMs);
    this.#timers.add(timer);
  }
}
