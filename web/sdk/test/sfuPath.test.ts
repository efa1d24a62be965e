import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FoyerError } from '../src/errors.ts';
import { DecodeWatch } from '../src/path/decodeWatch.ts';
import { SfuPath } from '../src/sfu/sfuPath.ts';
import { FakeDevice, FakeServer, FakeTrack, HandTicker, settled, track } from './fakes.ts';

describe('sfu path', () => {
  let server: FakeServer;
  let device: FakeDevice;
  let ticker: HandTicker;
  let path: SfuPath;

  const open = (probing = false): SfuPath =>
    new SfuPath({
      requester: server,
      device: device.asDevice,
      epoch: 2,
      iceServers: [],
      probing,
      watch: new DecodeWatch(ticker),
    });
  const decode = (producerId: string): void => {
    device.consumerOf(producerId).rtpReceiver.frame();
    ticker.tick();
  };

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    device = new FakeDevice();
    ticker = new HandTicker();
  });

  afterEach(() => {
    path.close();
    vi.useRealTimers();
  });

  it('produces clones, so that nothing happens to the originals', async () => {
    path = open();
    const camera = track('video');
    path.setLocal('camera', { track: camera, muted: false });
    await settled();
    expect(server.bodies('produce')).toMatchObject([{ kind: 'video', paused: false, appData: { source: 'camera' } }]);
    expect(device.send[0]?.producers[0]?.track).not.toBe(camera);
    path.close();
    expect((camera as unknown as FakeTrack).clones.map(({ readyState }) => readyState)).toEqual(['ended']);
    expect(camera.readyState).toBe('live');
  });

  it('is ready when its transports are up, its tracks produced and what others send decoded', async () => {
    path = open();
    path.setLocal('camera', { track: track('video'), muted: false });
    expect(path.ready).toBe(false);
    await settled();
    expect(path.ready).toBe(true);
    path.addProducer({ producerId: 'video-b', peerId: 'b', kind: 'video' });
    path.addProducer({ producerId: 'audio-c', peerId: 'c', kind: 'audio', paused: true });
    expect(path.ready).toBe(false);
    await settled();
    expect(server.bodies('resumeConsumer')).toHaveLength(2);
    decode('video-b');
    expect(path.ready).toBe(true);
  });

  it('waits anew for a producer that resumes', async () => {
    path = open();
    path.addProducer({ producerId: 'video-b', peerId: 'b', kind: 'video', paused: true });
    await settled();
    expect(path.ready).toBe(true);
    path.setProducerPaused('video-b', false);
    expect(path.ready).toBe(false);
    decode('video-b');
    expect(path.ready).toBe(true);
  });

  it('does not wait for what it cannot receive', async () => {
    path = open();
    server.refusals.set('consume', new FoyerError('CANNOT_CONSUME', ''));
    path.addProducer({ producerId: 'video-b', peerId: 'b', kind: 'video' });
    await settled();
    expect(path.ready).toBe(true);
  });

  it('probes with paused producers and lets them flow when it is activated', async () => {
    path = open(true);
    path.setLocal('camera', { track: track('video'), muted: false });
    path.setLocal('microphone', { track: track('audio'), muted: true });
    path.addProducer({ producerId: 'video-b', peerId: 'b', kind: 'video' });
    await settled();
    expect(server.bodies('produce').map(({ paused }) => paused)).toEqual([true, true]);
    expect(device.send[0]?.producers.map(({ paused }) => paused)).toEqual([true, true]);
    expect(server.bodies('consume')).toEqual([]);
    expect(path.ready).toBe(false);
    path.activate(5);
    await settled();
    // The microphone stays muted.
    expect(server.bodies('resumeProducer')).toHaveLength(1);
    const paused = device.send[0]?.producers.map((producer) => [producer.track?.kind, producer.paused]);
    expect(Object.fromEntries(paused ?? [])).toEqual({ video: false, audio: true });
    expect(path.ready).toBe(true);
    expect(path.epoch).toBe(5);
  });

  it('connects both ways before there is anything to receive', async () => {
    path = open(true);
    path.setLocal('camera', { track: track('video'), muted: false });
    await settled();
    expect(server.bodies('connectTransport')).toHaveLength(2);
    expect(device.receive[0]?.connectionState).toBe('connected');
    expect(server.bodies('consume')).toEqual([]);
  });

  it('goes back to probing: closes its consumers, keeps its transports', async () => {
    path = open();
    path.setLocal('camera', { track: track('video'), muted: false });
    path.addProducer({ producerId: 'video-b', peerId: 'b', kind: 'video' });
    await settled();
    path.park();
    await settled();
    expect(server.bodies('closeConsumer')).toEqual([{ consumerId: 'consumer-of-video-b' }]);
    expect(server.bodies('pauseProducer')).toHaveLength(1);
    expect(device.send[0]?.closed).toBe(false);
  });

  it('mutes and unmutes by pausing, and sends another camera through the same producer', async () => {
    path = open();
    const first = track('video');
    path.setLocal('camera', { track: first, muted: false });
    await settled();
    path.setLocal('camera', { track: null, muted: true });
    await settled();
    expect(server.bodies('pauseProducer')).toHaveLength(1);
    expect((first as unknown as FakeTrack).clones[0]?.readyState).toBe('ended');
    path.setLocal('camera', { track: track('video'), muted: false });
    await settled();
    expect(server.bodies('resumeProducer')).toHaveLength(1);
    expect(server.bodies('produce')).toHaveLength(1);
    expect(device.send[0]?.producers[0]?.track?.readyState).toBe('live');
  });

  it('restarts ICE on a lost route and gives up after several tries', async () => {
    path = open();
    const failed = vi.fn();
    path.on('failed', failed);
    path.setLocal('camera', { track: track('video'), muted: false });
    await settled();
    device.send[0]?.setState('disconnected');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.bodies('restartIce')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(failed).toHaveBeenCalledOnce();
    expect(server.bodies('restartIce')).toHaveLength(4);
  });

  it('finishes after a reconnection what the lost connection interrupted', async () => {
    path = open();
    await settled();
    server.refusals.set('consume', new FoyerError('DISCONNECTED', ''));
    path.addProducer({ producerId: 'video-b', peerId: 'b', kind: 'video' });
    await settled();
    server.refusals.clear();
    path.resumed();
    await settled();
    decode('video-b');
    expect(path.ready).toBe(true);
  });

  it('closes its transports', async () => {
    path = open();
    await settled();
    path.close();
    expect([...device.send, ...device.receive].every(({ closed }) => closed)).toBe(true);
  });
});
