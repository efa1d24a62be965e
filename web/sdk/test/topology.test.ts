import { describe, expect, it } from 'vitest';
import { NOWHERE, latestEpoch, step, type Topology, type TopologyAction, type TopologyInput } from '../src/topology.ts';

function run(...inputs: TopologyInput[]): { topology: Topology; actions: TopologyAction[][] } {
  let topology = NOWHERE;
  const actions = inputs.map((input) => {
    const [next, done] = step(topology, input);
    topology = next;
    return done;
  });
  return { topology, actions };
}

const joinedMesh: TopologyInput = { type: 'joined', mode: 'p2p', epoch: 1, committed: true };
const up: TopologyInput = { type: 'changed', mode: 'sfu', epoch: 2, fresh: false };
const ready: TopologyInput = { type: 'readiness', ready: true };
const notReady: TopologyInput = { type: 'readiness', ready: false };
const withdrawn: TopologyInput = { type: 'withdrawn' };

describe('topology', () => {
  it('opens the path that a settled room runs on', () => {
    const { topology, actions } = run(joinedMesh);
    expect(actions).toEqual([[{ type: 'open', mode: 'p2p', epoch: 1 }]]);
    expect(topology.running).toEqual({ mode: 'p2p', epoch: 1 });
  });

  it('moves: opens beside, says ready once, commits', () => {
    const { topology, actions } = run(joinedMesh, up, notReady, ready, ready, { type: 'committed', epoch: 2 });
    expect(actions.slice(1)).toEqual([
      [{ type: 'open', mode: 'sfu', epoch: 2 }],
      [],
      [{ type: 'sayReady', epoch: 2 }],
      [],
      [{ type: 'commit', epoch: 2 }],
    ]);
    expect(topology).toEqual({ running: { mode: 'sfu', epoch: 2 }, pending: undefined });
  });

  it('makes the one that tips the room ready and commit too', () => {
    const { actions } = run({ type: 'joined', mode: 'sfu', epoch: 2, committed: false }, ready, {
      type: 'committed',
      epoch: 2,
    });
    expect(actions).toEqual([
      [{ type: 'open', mode: 'sfu', epoch: 2 }],
      [{ type: 'sayReady', epoch: 2 }],
      [{ type: 'commit', epoch: 2 }],
    ]);
  });

  it('says ready again after a withdrawal, when it is ready again', () => {
    const { actions } = run(joinedMesh, up, ready, withdrawn, notReady, ready);
    // Nothing new to decode: at once.
    expect(actions[3]).toEqual([{ type: 'sayReady', epoch: 2 }]);
    const waiting = run(joinedMesh, up, ready, notReady, withdrawn, ready);
    expect(waiting.actions.slice(3)).toEqual([[], [], [{ type: 'sayReady', epoch: 2 }]]);
  });

  it('ignores stale epochs', () => {
    const { topology, actions } = run(
      joinedMesh,
      up,
      { type: 'changed', mode: 'p2p', epoch: 1, fresh: false },
      { type: 'changed', mode: 'p2p', epoch: 2, fresh: false },
      { type: 'committed', epoch: 1 },
    );
    expect(actions.slice(2)).toEqual([[], [], []]);
    expect(latestEpoch(topology)).toBe(2);
    expect(topology.running).toEqual({ mode: 'p2p', epoch: 1 });
  });

  it('relabels the mesh when the SFU was given up', () => {
    const { topology, actions } = run(
      joinedMesh,
      up,
      { type: 'changed', mode: 'p2p', epoch: 3, fresh: false },
      {
        type: 'committed',
        epoch: 3,
      },
    );
    expect(actions.slice(2)).toEqual([
      [
        { type: 'discard', epoch: 2 },
        { type: 'relabel', epoch: 3 },
      ],
      [{ type: 'commit', epoch: 3 }],
    ]);
    expect(topology.running).toEqual({ mode: 'p2p', epoch: 3 });
  });

  it('goes on over the SFU when the way down was given up', () => {
    const { actions } = run(
      { type: 'joined', mode: 'sfu', epoch: 4, committed: true },
      { type: 'changed', mode: 'p2p', epoch: 5, fresh: false },
      { type: 'changed', mode: 'sfu', epoch: 6, fresh: false },
    );
    expect(actions[2]).toEqual([
      { type: 'discard', epoch: 5 },
      { type: 'relabel', epoch: 6 },
    ]);
  });

  it('builds anew after a restart of the SFU', () => {
    const { actions } = run(
      { type: 'joined', mode: 'sfu', epoch: 4, committed: true },
      { type: 'changed', mode: 'sfu', epoch: 5, fresh: true },
      { type: 'changed', mode: 'sfu', epoch: 6, fresh: true },
    );
    expect(actions[1]).toEqual([{ type: 'open', mode: 'sfu', epoch: 5 }]);
    expect(actions[2]).toEqual([
      { type: 'discard', epoch: 5 },
      { type: 'open', mode: 'sfu', epoch: 6 },
    ]);
  });

  it('does nothing without a change under way', () => {
    const { actions } = run(joinedMesh, ready, withdrawn, { type: 'committed', epoch: 7 });
    expect(actions.slice(1)).toEqual([[], [], []]);
  });
});
