/** How a peer connection does, from its statistics. */
export interface LinkQuality {
  /** Milliseconds. */
  readonly rtt?: number;
  /** Share of the packets lost since the last look, 0 to 1. */
  readonly loss?: number;
  readonly candidateType?: string;
}

type Entry = Record<string, unknown> & { type: string; id: string };

/** Reads successive reports of one connection. */
export class LinkStats {
  #received = 0;
  #lost = 0;

  read(report: Iterable<[string, unknown]>): LinkQuality {
    const entries = new Map(report) as Map<string, Entry>;
    let received = 0;
    let lost = 0;
    let pair: Entry | undefined;
    for (const entry of entries.values()) {
      if (entry.type === 'inbound-rtp') {
        received += number(entry.packetsReceived);
        lost += number(entry.packetsLost);
      } else if (entry.type === 'transport' && typeof entry.selectedCandidatePairId === 'string') {
        pair = entries.get(entry.selectedCandidatePairId);
      } else if (entry.type === 'candidate-pair' && (entry.selected === true || entry.nominated === true)) {
        pair ??= entry;
      }
    }
    const receivedNow = received - this.#received;
    const lostNow = Math.max(0, lost - this.#lost);
    this.#received = received;
    this.#lost = lost;
    const local = pair && entries.get(String(pair.localCandidateId));
    return {
      ...(receivedNow + lostNow > 0 ? { loss: lostNow / (receivedNow + lostNow) } : {}),
      ...(typeof pair?.currentRoundTripTime === 'number' ? { rtt: pair.currentRoundTripTime * 1000 } : {}),
      ...(typeof local?.candidateType === 'string' ? { candidateType: local.candidateType } : {}),
    };
  }
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
