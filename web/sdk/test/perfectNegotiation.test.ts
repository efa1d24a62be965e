import { describe, expect, it } from 'vitest';
import { PerfectNegotiation } from '../src/mesh/perfectNegotiation.ts';
import { FakeConnection, Wire, settled } from './fakes.ts';

const CANDIDATE = { candidate: 'candidate:1', sdpMid: '0' };

function pair() {
  const wire = new Wire();
  const connections = [new FakeConnection(), new FakeConnection()];
  const sides = connections.map(
    (connection, index) =>
      new PerfectNegotiation({
        connection: connection as never,
        polite: index === 1,
        send: wire.sender(1 - index),
      }),
  );
  const deliver = async (): Promise<void> => {
    while (wire.waiting.length > 0) {
      const { to, signal } = wire.waiting.shift() as (typeof wire.waiting)[number];
      await sides[to]?.receive(signal);
    }
  };
  return { wire, impolite: sides[0]!, polite: sides[1]!, connections, deliver };
}

describe('perfect negotiation', () => {
  it('answers an offer', async () => {
    const { impolite, connections, deliver } = pair();
    await impolite.offer();
    await deliver();
    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['stable', 'stable']);
    expect(connections[0]?.remoteDescription?.type).toBe('answer');
  });

  it('keeps the impolite side’s offer when two cross', async () => {
    const { impolite, polite, connections, deliver } = pair();
    await Promise.all([impolite.offer(), polite.offer()]);
    await deliver();
    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['stable', 'stable']);
    expect(connections[0]?.rollbacks).toBe(0);
    expect(connections[1]?.rollbacks).toBe(1);
    expect(connections[1]?.remoteDescription?.type).toBe('offer');
  });

  it('ignores an offer that comes while its own is being made', async () => {
    const { impolite, polite, wire, connections, deliver } = pair();
    await polite.offer();
    const making = impolite.offer();
    const crossing = wire.waiting.shift();
    await impolite.receive(crossing!.signal);
    await making;
    await deliver();
    expect(connections[0]?.rollbacks).toBe(0);
    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['stable', 'stable']);
  });

  it('forgives candidates of an ignored offer and of no other', async () => {
    const { impolite, polite, connections } = pair();
    await impolite.offer();
    await polite.offer();
    await impolite.receive({ description: { type: 'offer', sdp: '1' } });
    await expect(impolite.receive({ candidate: CANDIDATE })).resolves.toBeUndefined();
    await expect(polite.receive({ candidate: CANDIDATE })).rejects.toThrow();
    expect(connections[0]?.candidates).toEqual([]);
  });

  it('attaches media between the offer and its answer', async () => {
    const order: string[] = [];
    const connection = new FakeConnection();
    const negotiation = new PerfectNegotiation({
      connection: connection as never,
      polite: true,
      send: ({ description }) => order.push(`send ${description?.type}`),
      beforeAnswer: () => order.push(`attach in ${connection.signalingState}`),
    });
    await negotiation.receive({ description: { type: 'offer', sdp: '1' } });
    expect(order).toEqual(['attach in have-remote-offer', 'send answer']);
  });

  it('repeats only an offer that is still unanswered', async () => {
    const { impolite, wire, deliver } = pair();
    impolite.repeat();
    expect(wire.waiting).toHaveLength(0);
    await impolite.offer();
    wire.waiting.length = 0;
    impolite.repeat();
    expect(wire.waiting.map(({ signal }) => signal.description?.type)).toEqual(['offer']);
    await deliver();
    await settled();
    impolite.repeat();
    expect(wire.waiting).toHaveLength(0);
  });

  it('takes the second answer to a repeated offer for an echo', async () => {
    const { impolite, polite, wire, connections, deliver } = pair();
    await impolite.offer();
    impolite.repeat();
    await polite.receive(wire.waiting.shift()!.signal);
    await deliver();
    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['stable', 'stable']);
  });
});
