import type { SignalBody } from '../wire.ts';

/** The part of `RTCPeerConnection` that negotiation touches. */
export interface NegotiatingConnection {
  readonly signalingState: RTCSignalingState;
  readonly localDescription: RTCSessionDescription | null;
  setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void>;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
  addIceCandidate(candidate?: RTCIceCandidateInit): Promise<void>;
}

export interface NegotiationOptions {
  readonly connection: NegotiatingConnection;
  /** The polite side takes its own offer back when two cross; the other ignores what comes. */
  readonly polite: boolean;
  readonly send: (signal: SignalBody) => void;
  /** Between a remote offer and the answer to it: the moment to attach what is sent back. */
  readonly beforeAnswer?: () => void;
}

/** Perfect negotiation (WebRTC, section 10.7): either side may offer at any time, and crossing offers sort themselves out. */
export class PerfectNegotiation {
  readonly #options: NegotiationOptions;
  #makingOffer = false;
  #ignoringOffer = false;
  #settingRemoteAnswer = false;

  constructor(options: NegotiationOptions) {
    this.#options = options;
  }

  /** For the connection's `negotiationneeded`. */
  async offer(): Promise<void> {
    const { connection } = this.#options;
    try {
      this.#makingOffer = true;
      await connection.setLocalDescription();
      this.#sendDescription();
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Says an offer again that is still unanswered, when the server may have dropped it. */
  repeat(): void {
    if (this.#options.connection.signalingState === 'have-local-offer') this.#sendDescription();
  }

  async receive({ description, candidate }: SignalBody): Promise<void> {
    if (description) await this.#receiveDescription(description);
    else if (candidate) await this.#receiveCandidate(candidate);
  }

  async #receiveDescription(description: { type: RTCSdpType; sdp: string }): Promise<void> {
    const { connection, polite, beforeAnswer } = this.#options;
    const offer = description.type === 'offer';
    const readyForOffer = !this.#makingOffer && (connection.signalingState === 'stable' || this.#settingRemoteAnswer);
    this.#ignoringOffer = !polite && offer && !readyForOffer;
    if (this.#ignoringOffer) return;
    // An answer to an offer that was repeated, and answered, before.
    if (description.type === 'answer' && connection.signalingState === 'stable') return;
    this.#settingRemoteAnswer = description.type === 'answer';
    try {
      // An outstanding offer of our own is rolled back by this.
      await connection.setRemoteDescription(description);
    } finally {
      this.#settingRemoteAnswer = false;
    }
    if (!offer) return;
    beforeAnswer?.();
    await connection.setLocalDescription();
    this.#sendDescription();
  }

  async #receiveCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#options.connection.addIceCandidate(candidate);
    } catch (error) {
      // Candidates of an ignored offer belong to nothing here.
      if (!this.#ignoringOffer) throw error;
    }
  }

  #sendDescription(): void {
    const description = this.#options.connection.localDescription;
    if (description) this.#options.send({ description: { type: description.type, sdp: description.sdp } });
  }
}
