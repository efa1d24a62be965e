import type { Mode } from './wire.ts';

/** A path as the topology names it. */
export interface Leg {
  readonly mode: Mode;
  readonly epoch: number;
}

interface Pending extends Leg {
  /** Whether the path that already runs serves this epoch too. */
  readonly same: boolean;
  readonly ready: boolean;
  readonly said: boolean;
}

/** Where a participant stands between the path that the room runs on and the one that it moves to. */
export interface Topology {
  readonly running: Leg | undefined;
  readonly pending: Pending | undefined;
}

export type TopologyInput =
  | { readonly type: 'joined'; readonly mode: Mode; readonly epoch: number; readonly committed: boolean }
  /** `fresh`: what runs in this mode is dead on the server's side. */
  | { readonly type: 'changed'; readonly mode: Mode; readonly epoch: number; readonly fresh: boolean }
  | { readonly type: 'committed'; readonly epoch: number }
  /** Whether the path of the pending epoch carries everything. */
  | { readonly type: 'readiness'; readonly ready: boolean }
  /** Something that the server takes as a withdrawal of the `modeReady` said before. */
  | { readonly type: 'withdrawn' };

export type TopologyAction =
  /** Build a path beside the running one. */
  | { readonly type: 'open'; readonly mode: Mode; readonly epoch: number }
  /** The running path goes on under a new epoch. */
  | { readonly type: 'relabel'; readonly epoch: number }
  /** The pending path is not wanted any more. */
  | { readonly type: 'discard'; readonly epoch: number }
  | { readonly type: 'sayReady'; readonly epoch: number }
  /** The pending path is the running one from now on; the one before it may go. */
  | { readonly type: 'commit'; readonly epoch: number };

export const NOWHERE: Topology = { running: undefined, pending: undefined };

/** The epoch of the latest change heard of. */
export function latestEpoch({ running, pending }: Topology): number {
  return pending?.epoch ?? running?.epoch ?? -1;
}

/**
 * One step of the switch. Pure: the caller carries the actions out, in order.
 *
 * The server decides, an epoch at a time; whatever speaks of an older epoch is ignored. A change to the mode that
 * already runs (the server gave up on the pending one) builds nothing and takes the running path over.
 */
export function step(topology: Topology, input: TopologyInput): [Topology, TopologyAction[]] {
  switch (input.type) {
    case 'joined':
      return joined(input);
    case 'changed':
      return input.epoch > latestEpoch(topology) ? changed(topology, input) : [topology, []];
    case 'committed':
      return committed(topology, input.epoch);
    case 'readiness':
      return heard(topology, { ready: input.ready });
    case 'withdrawn':
      return heard(topology, { said: false });
  }
}

function joined(input: TopologyInput & { type: 'joined' }): [Topology, TopologyAction[]] {
  const { mode, epoch } = input;
  const open: TopologyAction = { type: 'open', mode, epoch };
  if (input.committed) return [{ running: { mode, epoch }, pending: undefined }, [open]];
  return [{ running: undefined, pending: { mode, epoch, same: false, ready: false, said: false } }, [open]];
}

function changed(topology: Topology, input: TopologyInput & { type: 'changed' }): [Topology, TopologyAction[]] {
  const { mode, epoch, fresh } = input;
  const { running, pending } = topology;
  const actions: TopologyAction[] = [];
  if (pending && !pending.same) actions.push({ type: 'discard', epoch: pending.epoch });
  const same = running?.mode === mode && !fresh;
  actions.push(same ? { type: 'relabel', epoch } : { type: 'open', mode, epoch });
  return [{ running, pending: { mode, epoch, same, ready: false, said: false } }, actions];
}

function committed(topology: Topology, epoch: number): [Topology, TopologyAction[]] {
  const { pending } = topology;
  if (pending?.epoch !== epoch) return [topology, []];
  return [{ running: { mode: pending.mode, epoch }, pending: undefined }, [{ type: 'commit', epoch }]];
}

function heard(topology: Topology, news: Partial<Pending>): [Topology, TopologyAction[]] {
  if (!topology.pending) return [topology, []];
  const pending = { ...topology.pending, ...news };
  if (!pending.ready || pending.said) return [{ ...topology, pending }, []];
  return [{ ...topology, pending: { ...pending, said: true } }, [{ type: 'sayReady', epoch: pending.epoch }]];
}
