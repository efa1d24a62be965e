import { beforeEach, describe, expect, it } from 'vitest';
import type { Flow, MediaPath } from '../src/path/mediaPath.ts';
import { TrackSelection, type Shown } from '../src/trackSelection.ts';
import { track } from './fakes.ts';

const mesh = { mode: 'p2p' } as MediaPath;
const sfu = { mode: 'sfu' } as MediaPath;
const old = track('video');
const young = track('video');

describe('track selection', () => {
  let selection: TrackSelection;
  let shown: Shown[];
  let released: MediaStreamTrack[];

  const offer = (path: MediaPath, media: MediaStreamTrack, flow: Flow): void =>
    selection.offer(path, { peerId: 'p', source: 'camera', track: media, flow });
  const now = (): MediaStreamTrack | undefined => shown.at(-1)?.candidate?.track;

  beforeEach(() => {
    selection = new TrackSelection();
    shown = [];
    released = [];
    selection.on('show', (change) => shown.push(change));
    selection.on('release', (gone) => released.push(gone.track));
    selection.commit(mesh);
  });

  it('shows nothing before it decodes', () => {
    offer(mesh, old, 'waiting');
    expect(shown).toEqual([]);
    offer(mesh, old, 'flowing');
    expect(now()).toBe(old);
  });

  it('changes when both decodes and is committed, whichever is last', () => {
    offer(mesh, old, 'flowing');
    offer(sfu, young, 'flowing');
    expect(now()).toBe(old);
    selection.commit(sfu);
    expect(now()).toBe(young);
    expect(shown.at(-1)?.previous?.track).toBe(old);
  });

  it('keeps what it shows when the committed path does not decode yet', () => {
    offer(mesh, old, 'flowing');
    offer(sfu, young, 'waiting');
    selection.commit(sfu);
    expect(now()).toBe(old);
    offer(sfu, young, 'flowing');
    expect(now()).toBe(young);
  });

  it('does not wait for the commit when what it shows has stalled', () => {
    offer(mesh, old, 'flowing');
    offer(mesh, old, 'stalled');
    expect(now()).toBe(old);
    offer(sfu, young, 'flowing');
    expect(now()).toBe(young);
  });

  it('goes back when the new path is taken away', () => {
    offer(mesh, old, 'flowing');
    offer(sfu, young, 'flowing');
    selection.commit(sfu);
    selection.commit(mesh);
    selection.forget(sfu);
    expect(now()).toBe(old);
    expect(released).toEqual([young]);
  });

  it('keeps the last picture of a sender that paused', () => {
    offer(mesh, old, 'flowing');
    offer(mesh, old, 'waiting');
    expect(shown).toHaveLength(1);
  });

  it('lets go of everything of somebody who left', () => {
    offer(mesh, old, 'flowing');
    offer(sfu, young, 'waiting');
    selection.removePeer('p');
    expect(now()).toBeUndefined();
    expect(released).toEqual([old, young]);
  });
});
