import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Switchover } from '../src/switchover.ts';
import type { Shown } from '../src/trackSelection.ts';
import type { JoinReply, ModeChanged } from '../src/wire.ts';
import { FakeConnection, FakeDevice, FakeServer, settled, track } from './fakes.ts';

const SENDING = { audio: false, video: true, screenShare: false };
const CAPABILITIES = { codecs: [], headerExtensions: [] };
const MESH: JoinReply = { peerId: 'a', peers: [], mode: 'p2p', epoch: 1, rtpCapabilities: CAPABILITIES };
const UP: ModeChanged = { mode: 'sfu', epoch: 2, reason: 'participants' };

describe('switchover', () => {
  let server: FakeServer;
  let device: FakeDevice;
  let connections: FakeConnection[];
  let media: Switchover;
  let shown: Shown[];

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    device = new FakeDevice();
    connections = [];
    media = new Switchover({
      roomId: 'r',
      requester: server,
      createConnection: () => {
        const connection = new FakeConnection();
        connections.push(connection);
        return connection as never;
      },
      loadDevice: () => device.asDevice,
    });
    shown = [];
    media.selection.on('show', (change) => shown.push(change));
    media.setLocal('camera', { track: track('video'), muted: false });
    media.addPeer({ peerId: 'b', mediaState: SENDING, polite: false });
  });

  afterEach(() => {
    media.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  const frames = async (): Promise<void> => {
    for (const { transceivers } of connections) for (const { receiver } of transceivers) receiver.frame();
    for (const { consumers } of device.receive) for (const { rtpReceiver } of consumers) rtpReceiver.frame();
    await vi.advanceTimersByTimeAsync(50);
  };
  const shows = (): string | undefined => shown.at(-1)?.candidate?.path.mode;
  const readySaid = (): number[] => server.bodies('modeReady').map(({ epoch }) => epoch);

  /** In the mesh, seeing `b`. */
  async function inMesh(): Promise<void> {
    media.join(MESH);
    await settled();
    connections[0]?.connect();
    await frames();
  }

  /** In the mesh, with the way to the SFU tried out, and on its way there. */
  async function goingUp(): Promise<void> {
    await inMesh();
    await vi.advanceTimersByTimeAsync(1_500);
    media.changed(UP);
    media.addProducer({ producerId: 'video-b', peerId: 'b', kind: 'video' });
    await settled();
  }

  it('probes the SFU from the mesh', async () => {
    await inMesh();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(server.bodies('produce').map(({ paused }) => paused)).toEqual([true]);
    expect(device.send[0]?.connectionState).toBe('connected');
  });

  it('moves up over the probed path without showing anything that does not decode', async () => {
    await goingUp();
    expect(server.bodies('createTransport')).toHaveLength(2);
    expect(readySaid()).toEqual([]);
    expect(shows()).toBe('p2p');
    await frames();
    expect(readySaid()).toEqual([2]);
    expect(shows()).toBe('p2p');
    media.committed(2);
    expect(shows()).toBe('sfu');
    expect(shown.at(-1)?.previous?.path.mode).toBe('p2p');
    expect(connections[0]?.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(connections[0]?.closed).toBe(true);
  });

  it('says ready again when somebody resumes', async () => {
    await goingUp();
    await frames();
    media.addProducer({ producerId: 'audio-c', peerId: 'c', kind: 'audio', paused: true });
    await settled();
    media.setProducerPaused('audio-c', false);
    expect(readySaid()).toEqual([2, 2]);
    await frames();
    expect(readySaid()).toEqual([2, 2, 2]);
  });

  it('changes late where the room was committed before a track decoded', async () => {
    await goingUp();
    media.committed(2);
    expect(shows()).toBe('p2p');
    await frames();
    expect(shows()).toBe('sfu');
  });

  it('keeps the mesh, relabelled, when the SFU is given up', async () => {
    await goingUp();
    media.changed({ mode: 'p2p', epoch: 3, reason: 'sfu-unavailable' });
    media.committed(3);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(connections).toHaveLength(1);
    expect(connections[0]?.closed).toBe(false);
    expect(shows()).toBe('p2p');
    media.signal({ from: 'b', epoch: 3, description: { type: 'answer', sdp: '1' } });
    await settled();
    expect(connections[0]?.signalingState).toBe('stable');
    expect(media.topology.running).toEqual({ mode: 'p2p', epoch: 3 });
  });

  it('ignores signals of another epoch', async () => {
    await inMesh();
    media.signal({ from: 'b', epoch: 9, description: { type: 'answer', sdp: '1' } });
    await settled();
    expect(connections[0]?.signalingState).toBe('have-local-offer');
  });

  it('comes down to a new mesh and keeps the SFU’s transports for the next time', async () => {
    await goingUp();
    await frames();
    media.committed(2);
    await vi.advanceTimersByTimeAsync(2_000);
    media.changed({ mode: 'p2p', epoch: 3, reason: 'quiet' });
    await settled();
    expect(server.bodies('signal').at(-1)).toMatchObject({ epoch: 3, description: { type: 'offer' } });
    connections[1]?.connect();
    await frames();
    expect(readySaid()).toEqual([2, 3]);
    media.committed(3);
    expect(shows()).toBe('p2p');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(device.receive[0]?.closed).toBe(false);
    expect(device.consumerOf('video-b').closed).toBe(true);
    media.changed({ mode: 'sfu', epoch: 4, reason: 'requested' });
    await settled();
    expect(server.bodies('createTransport')).toHaveLength(2);
  });

  it('remembers who offers when a peer turns something on or off', async () => {
    media.join({ ...MESH, mode: 'sfu', epoch: 2 });
    media.updatePeer('b', { ...SENDING, audio: true });
    media.changed({ mode: 'p2p', epoch: 3, reason: 'quiet' });
    await settled();
    expect(server.bodies('signal')).toMatchObject([{ to: 'b', epoch: 3, description: { type: 'offer' } }]);
  });

  it('builds fresh transports after a restart of the SFU', async () => {
    await goingUp();
    await frames();
    media.committed(2);
    await vi.advanceTimersByTimeAsync(2_000);
    media.changed({ mode: 'sfu', epoch: 3, reason: 'sfu-restarted' });
    await settled();
    expect(server.bodies('createTransport')).toHaveLength(4);
    media.addProducer({ producerId: 'video-b2', peerId: 'b', kind: 'video' });
    await settled();
    await frames();
    // Once before there was anything to decode.
    expect(readySaid()).toEqual([2, 3, 3]);
    media.committed(3);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(device.send.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('lets the one that tips the room in through the SFU at once', async () => {
    media.join({
      ...MESH,
      mode: 'sfu',
      epoch: 2,
      committed: false,
      producers: [{ producerId: 'video-b', peerId: 'b', kind: 'video' }],
    });
    await settled();
    await frames();
    expect(connections).toHaveLength(0);
    expect(shows()).toBe('sfu');
    expect(readySaid()).toEqual([2]);
    media.committed(2);
    expect(media.topology).toEqual({ running: { mode: 'sfu', epoch: 2 }, pending: undefined });
  });

  it('replaces a way to the SFU that cannot be restored', async () => {
    media.join({ ...MESH, mode: 'sfu', epoch: 2 });
    await settled();
    device.send[0]?.setState('failed');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(device.send).toHaveLength(2);
    expect(device.send[0]?.closed).toBe(true);
    expect(server.bodies('getProducers')).toEqual([{ callId: 'r' }]);
    expect(device.send[1]?.connectionState).toBe('connected');
  });
});
