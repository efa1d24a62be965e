import { FoyerError, asError } from '../errors.ts';
import { Emitter } from '../events.ts';
import { cameraScale } from '../path/cameraScale.ts';
import { DecodeWatch } from '../path/decodeWatch.ts';
import type { Flow, LocalTrack, MediaPath, PathEvents, PathPeer } from '../path/mediaPath.ts';
import type { Requester } from '../signaling.ts';
import { SOURCES, sends, type Signal, type SignalBody, type Source } from '../wire.ts';
import { MeshLink } from './meshLink.ts';

const REPORT_EVERY_MS = 2_000;

interface Remote {
  readonly track: MediaStreamTrack;
  flow: Flow;
  stopWatch: () => void;
}

interface Member {
  peer: PathPeer;
  link: MeshLink | undefined;
  readonly remotes: Map<Source, Remote>;
}

export interface MeshOptions {
  readonly requester: Requester;
  readonly epoch: number;
  readonly createConnection: () => RTCPeerConnection;
  readonly watch?: DecodeWatch;
}

/** Media straight to each other participant. */
export class MeshPath extends Emitter<PathEvents> implements MediaPath {
  readonly mode = 'p2p';
  readonly #requester: Requester;
  readonly #createConnection: () => RTCPeerConnection;
  readonly #watch: DecodeWatch;
  readonly #members = new Map<string, Member>();
  readonly #local = new Map<Source, LocalTrack>();
  readonly #reporting: ReturnType<typeof setInterval>;
  #epoch: number;
  #closed = false;

  constructor({ requester, epoch, createConnection, watch = new DecodeWatch() }: MeshOptions) {
    super();
    this.#requester = requester;
    this.#epoch = epoch;
    this.#createConnection = createConnection;
    this.#watch = watch;
    this.#reporting = setInterval(() => this.#reportAll(), REPORT_EVERY_MS);
  }

  get epoch(): number {
    return this.#epoch;
  }

  get ready(): boolean {
    for (const { peer, link, remotes } of this.#members.values()) {
      if (!link?.connected) return false;
      for (const source of SOURCES) {
        if (sends(peer.mediaState, source) && remotes.get(source)?.flow !== 'flowing') return false;
      }
    }
    return true;
  }

  relabel(epoch: number): void {
    this.#epoch = epoch;
    // What was on its way under the old epoch is lost.
    for (const { link } of this.#members.values()) link?.repeat();
  }

  addPeer(peer: PathPeer): void {
    if (this.#closed) return;
    this.removePeer(peer.peerId);
    const member: Member = { peer, link: undefined, remotes: new Map() };
    this.#members.set(peer.peerId, member);
    // The polite side is offered to; a connection that waits would only count down to its failure.
    if (!peer.polite) this.#openLink(member).open();
    this.#scaleCamera();
    this.emit('readiness');
  }

  updatePeer(peer: PathPeer): void {
    const member = this.#members.get(peer.peerId);
    if (!member) return;
    member.peer = peer;
    this.emit('readiness');
  }

  removePeer(peerId: string): void {
    const member = this.#members.get(peerId);
    if (!member) return;
    this.#members.delete(peerId);
    this.#closeLink(member);
    this.#scaleCamera();
    this.emit('readiness');
  }

  setLocal(source: Source, local: LocalTrack): void {
    this.#local.set(source, local);
    for (const { link } of this.#members.values()) link?.localChanged(source);
  }

  /** Takes a signal of this path's epoch. */
  receive(signal: Signal): void {
    const member = this.#members.get(signal.from);
    if (!member || this.#closed) return;
    const link = member.link ?? this.#openLink(member);
    link.receive(signal);
  }

  resumed(): void {
    // Who was thought gone meanwhile is told so, pair by pair, by `peerLeft` and `peerJoined`.
    for (const { link } of this.#members.values()) link?.repeat();
  }

  networkChanged(): void {
    for (const { link } of this.#members.values()) link?.restartIce();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#reporting);
    this.removeAllListeners();
    for (const member of this.#members.values()) this.#closeLink(member);
    this.#members.clear();
    this.#watch.close();
  }

  #openLink(member: Member): MeshLink {
    const { peerId, polite } = member.peer;
    const link = new MeshLink({
      connection: this.#createConnection(),
      polite,
      local: this.#local,
      send: (signal) => this.#signal(peerId, signal),
    });
    member.link = link;
    link.scaleCamera(cameraScale(this.#members.size));
    link.on('track', (source, track, receiver) => this.#onTrack(member, source, track, receiver));
    link.on('warning', (error) => this.emit('warning', error));
    link.on('state', (state) => {
      if (state !== 'interrupted') void this.#report(member, state);
      for (const [source, remote] of member.remotes) {
        if (remote.flow !== 'waiting')
          this.#setFlow(member, source, remote, state === 'connected' ? 'flowing' : 'stalled');
      }
      this.emit('readiness');
    });
    return link;
  }

  #closeLink(member: Member): void {
    member.link?.close();
    member.link = undefined;
    for (const [source, remote] of member.remotes) {
      remote.stopWatch();
      this.emit('trackGone', { peerId: member.peer.peerId, source, track: remote.track });
    }
    member.remotes.clear();
  }

  #onTrack(member: Member, source: Source, track: MediaStreamTrack, receiver: RTCRtpReceiver): void {
    const known = member.remotes.get(source);
    if (known?.track === track) return;
    known?.stopWatch();
    if (known) this.emit('trackGone', { peerId: member.peer.peerId, source, track: known.track });
    const remote: Remote = { track, flow: 'waiting', stopWatch: () => {} };
    member.remotes.set(source, remote);
    this.#setFlow(member, source, remote, 'waiting');
    remote.stopWatch = this.#watch.watch(receiver, () => {
      this.#setFlow(member, source, remote, 'flowing');
      this.emit('readiness');
    });
  }

  #setFlow(member: Member, source: Source, remote: Remote, flow: Flow): void {
    remote.flow = flow;
    this.emit('track', { peerId: member.peer.peerId, source, track: remote.track, flow });
  }

  #scaleCamera(): void {
    for (const { link } of this.#members.values()) link?.scaleCamera(cameraScale(this.#members.size));
  }

  #signal(to: string, signal: SignalBody): void {
    this.#requester.request('signal', { to, epoch: this.#epoch, ...signal }).catch((error: unknown) => {
      // Said again on return (`resumed`), or meant for somebody who has just left.
      const code = error instanceof FoyerError ? error.code : '';
      if (code !== 'DISCONNECTED' && code !== 'PARTICIPANT_NOT_FOUND') this.emit('warning', asError(error));
    });
  }

  #reportAll(): void {
    for (const member of this.#members.values()) {
      if (member.link?.connected) void this.#report(member, 'connected');
    }
  }

  async #report(member: Member, state: 'connected' | 'failed'): Promise<void> {
    try {
      const quality = (await member.link?.quality()) ?? {};
      if (this.#closed || !this.#requester.connected) return;
      await this.#requester.request('linkState', { peerId: member.peer.peerId, state, ...quality });
    } catch {
      // The next report says the same.
    }
  }
}
