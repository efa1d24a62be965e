import type { Emitter } from '../events.ts';
import type { MediaState, Mode, Source } from '../wire.ts';

/** A participant as a path needs to know it. */
export interface PathPeer {
  readonly peerId: string;
  readonly mediaState: MediaState;
  /** Whether this side yields when mesh offers cross. */
  readonly polite: boolean;
}

/** What this side sends of one source. A muted track is still sent, silent, where the path can do no better. */
export interface LocalTrack {
  readonly track: MediaStreamTrack | null;
  readonly muted: boolean;
}

/**
 * `waiting`: nothing has come out of the decoder since the sender last started; `flowing`: something has; `stalled`: it
 * did, but its connection is interrupted.
 */
export type Flow = 'waiting' | 'flowing' | 'stalled';

export interface RemoteTrack {
  readonly peerId: string;
  readonly source: Source;
  readonly track: MediaStreamTrack;
  readonly flow: Flow;
}

export type PathEvents = {
  /** A remote track came, or its flow changed. */
  track: [RemoteTrack];
  trackGone: [{ peerId: string; source: Source; track: MediaStreamTrack }];
  /** Something that `ready` depends on has changed. */
  readiness: [];
  /** The path cannot carry on by itself. */
  failed: [Error];
  /** Something went wrong that the path lives with. */
  warning: [Error];
};

/**
 * One way for media between this participant and the others: the mesh or the SFU. During a switch two of them are up,
 * and neither knows of the other.
 */
export interface MediaPath extends Emitter<PathEvents> {
  readonly mode: Mode;
  readonly epoch: number;
  /** Whether all that this side sends and receives runs over this path. */
  readonly ready: boolean;
  /** The same path under a new epoch. */
  relabel(epoch: number): void;
  addPeer(peer: PathPeer): void;
  updatePeer(peer: PathPeer): void;
  removePeer(peerId: string): void;
  setLocal(source: Source, local: LocalTrack): void;
  /** The connection to the server is back; requests that it interrupted have failed. */
  resumed(): void;
  /** The machine's network changed: look for new routes without waiting for timeouts. */
  networkChanged(): void;
  close(): void;
}
