import { describe, expect, it, vi } from 'vitest';
import { DecodeWatch } from '../src/path/decodeWatch.ts';
import { FakeReceiver, HandTicker, settled } from './fakes.ts';

describe('decode watch', () => {
  it('tells the first frame once and then rests', () => {
    const ticker = new HandTicker();
    const receiver = new FakeReceiver('video');
    const onDecoded = vi.fn();
    new DecodeWatch(ticker).watch(receiver, onDecoded);
    ticker.tick(3);
    expect(onDecoded).not.toHaveBeenCalled();
    receiver.frame();
    ticker.tick(3);
    expect(onDecoded).toHaveBeenCalledOnce();
    expect(ticker.running).toBe(false);
  });

  it('asks for a frame newer than the watch', () => {
    const ticker = new HandTicker();
    const receiver = new FakeReceiver('video');
    receiver.frame();
    const onDecoded = vi.fn();
    new DecodeWatch(ticker).watch(receiver, onDecoded);
    ticker.tick(3);
    expect(onDecoded).not.toHaveBeenCalled();
    receiver.frame();
    ticker.tick();
    expect(onDecoded).toHaveBeenCalledOnce();
  });

  it('says nothing after it was stopped', () => {
    const ticker = new HandTicker();
    const receiver = new FakeReceiver('audio');
    const onDecoded = vi.fn();
    const stop = new DecodeWatch(ticker).watch(receiver, onDecoded);
    stop();
    receiver.frame();
    ticker.tick(3);
    expect(onDecoded).not.toHaveBeenCalled();
    expect(ticker.running).toBe(false);
  });

  it('falls back to statistics where a browser stamps no sources', async () => {
    const ticker = new HandTicker();
    let framesDecoded = 7;
    const receiver = {
      getSynchronizationSources: () => [],
      getStats: () => Promise.resolve(new Map([['a', { type: 'inbound-rtp', kind: 'video', framesDecoded }]]) as never),
    };
    const onDecoded = vi.fn();
    new DecodeWatch(ticker).watch(receiver, onDecoded);
    await settled();
    ticker.tick(5);
    await settled();
    expect(onDecoded).not.toHaveBeenCalled();
    framesDecoded = 8;
    ticker.tick(5);
    await settled();
    expect(onDecoded).toHaveBeenCalledOnce();
  });
});
