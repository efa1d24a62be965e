import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MeshPath } from '../src/mesh/meshPath.ts';
import { DecodeWatch } from '../src/path/decodeWatch.ts';
import type { RemoteTrack } from '../src/path/mediaPath.ts';
import { FakeConnection, FakeServer, HandTicker, settled, track } from './fakes.ts';

const SENDING = { audio: true, video: true, screenShare: false };

describe('mesh path', () => {
  let server: FakeServer;
  let ticker: HandTicker;
  let path: MeshPath;
  let connections: FakeConnection[];

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    ticker = new HandTicker();
    connections = [];
    path = new MeshPath({
      requester: server,
      epoch: 1,
      createConnection: () => {
        const connection = new FakeConnection();
        connections.push(connection);
        return connection as never;
      },
      watch: new DecodeWatch(ticker),
    });
  });

  afterEach(() => {
    path.close();
    vi.useRealTimers();
  });

  const decodeAll = (): void => {
    for (const { transceivers } of connections) for (const { receiver } of transceivers) receiver.frame();
    ticker.tick();
  };

  it('offers to the peer that is polite, every source in a section of its own', async () => {
    const camera = track('video');
    path.setLocal('camera', { track: camera, muted: false });
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    await settled();
    expect(server.bodies('signal')).toMatchObject([{ to: 'b', epoch: 1, description: { type: 'offer' } }]);
    expect(connections[0]?.transceivers.map(({ receiver }) => receiver.track.kind)).toEqual([
      'audio',
      'video',
      'video',
    ]);
    expect(connections[0]?.transceivers.map(({ sender }) => sender.track)).toEqual([null, camera, null]);
  });

  it('waits with a connection until the impolite peer offers', async () => {
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: true });
    expect(connections).toHaveLength(0);
    path.receive({ from: 'b', epoch: 1, description: { type: 'offer', sdp: '1' } });
    await settled();
    expect(server.bodies('signal')).toMatchObject([{ to: 'b', description: { type: 'answer' } }]);
  });

  it('hears nobody who is not in the room', () => {
    path.receive({ from: 'stranger', epoch: 1, description: { type: 'offer', sdp: '1' } });
    expect(connections).toHaveLength(0);
  });

  it('is ready when every link is up and all that peers say they send decodes', () => {
    expect(path.ready).toBe(true);
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    path.addPeer({ peerId: 'c', mediaState: { ...SENDING, video: false }, polite: false });
    expect(path.ready).toBe(false);
    connections.forEach((connection) => connection.connect());
    expect(path.ready).toBe(false);
    decodeAll();
    expect(path.ready).toBe(true);
    path.removePeer('b');
    expect(path.ready).toBe(true);
    expect(connections[0]?.closed).toBe(true);
  });

  it('says its outstanding offer again when the mesh goes on under a new epoch', async () => {
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    await settled();
    path.relabel(3);
    expect(server.bodies('signal').map(({ epoch }) => epoch)).toEqual([1, 3]);
    expect(path.epoch).toBe(3);
  });

  it('marks what it receives as stalled while the link is interrupted, and restarts ICE', () => {
    const flows: string[] = [];
    path.on('track', ({ source, flow }: RemoteTrack) => {
      if (source === 'camera') flows.push(flow);
    });
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    connections[0]?.connect();
    decodeAll();
    connections[0]?.setIceState('disconnected');
    vi.advanceTimersByTime(2_000);
    expect(connections[0]?.restarts).toBe(1);
    connections[0]?.connect();
    expect(flows).toEqual(['waiting', 'flowing', 'stalled', 'flowing']);
  });

  it('reports a link that does not come up as failed, once', async () => {
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.bodies('linkState')).toEqual([{ peerId: 'b', state: 'failed' }]);
  });

  it('reports links that are up every two seconds', async () => {
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    connections[0]?.connect();
    await vi.advanceTimersByTimeAsync(4_100);
    expect(server.bodies('linkState').map(({ state }) => state)).toEqual(['connected', 'connected', 'connected']);
  });

  it('says its outstanding offer again when the connection to the server is back', async () => {
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    await settled();
    path.resumed();
    expect(connections).toHaveLength(1);
    expect(server.bodies('signal').map(({ description }) => description?.type)).toEqual(['offer', 'offer']);
  });

  it('begins a pair anew when the peer is announced again', async () => {
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: true });
    path.receive({ from: 'b', epoch: 1, description: { type: 'offer', sdp: '1' } });
    await settled();
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    await settled();
    expect(connections.map(({ closed }) => closed)).toEqual([true, false]);
    expect(server.bodies('signal').at(-1)).toMatchObject({ to: 'b', description: { type: 'offer' } });
  });

  it('reduces its picture when several receive it', async () => {
    const scales = () => connections.map(({ transceivers }) => transceivers[1]?.sender.parameters.encodings[0]);
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    path.addPeer({ peerId: 'c', mediaState: SENDING, polite: false });
    connections.forEach((connection) => connection.connect());
    await settled();
    expect(scales()).toEqual([{ scaleResolutionDownBy: 1.5 }, { scaleResolutionDownBy: 1.5 }]);
    path.removePeer('c');
    await settled();
    expect(scales()[0]).toEqual({ scaleResolutionDownBy: 1 });
  });

  it('closes every connection and timer', async () => {
    path.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
    path.close();
    expect(connections[0]?.closed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(ticker.running).toBe(false);
  });
});
