import { describe, expect, it } from 'vitest';
import { LinkStats } from '../src/mesh/linkStats.ts';
import { videoGap } from '../src/playback/gapLog.ts';
import { SilenceLog } from '../src/playback/silenceLog.ts';

const at = (...times: number[]) => times.map((presented) => ({ presented }));

describe('video gap', () => {
  it('is the time between the last frame before and the first after the change', () => {
    const { gapMs, worstMs, baselineMs } = videoGap(at(900, 933, 966, 1050, 1083, 1200), 970);
    expect(gapMs).toBe(84);
    expect(worstMs).toBe(117);
    expect(baselineMs).toBe(33);
  });

  it('cannot be told without frames on both sides', () => {
    expect(videoGap(at(900, 933), 970).gapMs).toBeNull();
    expect(videoGap(at(1000, 1033), 970).gapMs).toBeNull();
  });

  it('leaves out frames that have nothing to do with the change', () => {
    const { frames, gapMs } = videoGap(at(1010, 2900, 3000, 6000), 2950);
    expect(frames).toEqual(at(2900, 3000));
    expect(gapMs).toBe(100);
  });
});

describe('silence log', () => {
  it('finds the longest silence that touches a span', () => {
    const log = new SilenceLog();
    log.add(1, 1.5);
    log.add(2, 2.02);
    expect(log.longest(1.8, 3)).toBeCloseTo(0.02);
    expect(log.longest(1.4, 3)).toBeCloseTo(0.5);
    expect(log.longest(2.5, 3)).toBe(0);
  });

  it('counts a silence that goes on', () => {
    const log = new SilenceLog();
    log.begin(2.5);
    expect(log.longest(2, 3)).toBeCloseTo(0.5);
    log.add(2.5, 2.6);
    expect(log.longest(2, 3)).toBeCloseTo(0.1);
  });
});

describe('link statistics', () => {
  const report = (received: number, lost: number): [string, unknown][] => [
    ['in', { type: 'inbound-rtp', packetsReceived: received, packetsLost: lost }],
    ['t', { type: 'transport', selectedCandidatePairId: 'p' }],
    ['p', { type: 'candidate-pair', localCandidateId: 'l', currentRoundTripTime: 0.02 }],
    ['l', { type: 'local-candidate', candidateType: 'relay' }],
  ];

  it('tells loss since the last look, round trip in milliseconds and the kind of candidate', () => {
    const stats = new LinkStats();
    stats.read(report(100, 0));
    expect(stats.read(report(190, 10))).toEqual({ loss: 0.1, rtt: 20, candidateType: 'relay' });
  });

  it('tells no loss when nothing came', () => {
    const stats = new LinkStats();
    stats.read(report(100, 0));
    expect(stats.read(report(100, 0)).loss).toBeUndefined();
  });
});
