// Knows every RTCPeerConnection that the page ever made: what each sends and receives, and from where.
const PERIOD_MS = 500;
const WINDOW_MS = 4000;

class Line {
  constructor(connection) {
    this.connection = connection;
    this.peer = null;
    this.samples = [];
    this.remotePort = null;
  }

  async sample(now) {
    if (this.connection.connectionState === 'closed') {
      this.samples = [];
      return;
    }
    const report = [...(await this.connection.getStats()).values()];
    const videoBytes = report
      .filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video')
      .reduce((sum, { bytesSent }) => sum + bytesSent, 0);
    this.samples.push({ now, videoBytes });
    while (this.samples.length > 1 && this.samples[1].now <= now - WINDOW_MS) this.samples.shift();
    const transport = report.find(({ type }) => type === 'transport');
    const pair = report.find(({ id }) => id === transport?.selectedCandidatePairId);
    this.remotePort = report.find(({ id }) => id === pair?.remoteCandidateId)?.port ?? null;
  }

  /** Bytes of video sent in the window. */
  sent() {
    const [first] = this.samples;
    return this.samples.length ? this.samples.at(-1).videoBytes - first.videoBytes : 0;
  }
}

/**
 * Wraps RTCPeerConnection.
 *
 * @param mediaPort the server's UDP port: a connection to it is not peer to peer
 * @param native refuse an offer while one's own is outstanding, as stacks without implicit rollback do
 */
export function installMeter(mediaPort, native) {
  const lines = [];
  let refused = 0;
  let since = performance.now();

  class MeteredPeerConnection extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      lines.push(new Line(this));
    }

    async setRemoteDescription(description) {
      if (description.type === 'offer' && this.signalingState === 'have-local-offer') {
        refused += 1;
        if (native) throw new DOMException('Called in wrong state: have-local-offer', 'InvalidStateError');
      }
      return super.setRemoteDescription(description);
    }
  }
  window.RTCPeerConnection = MeteredPeerConnection;

  const tick = async () => {
    const now = performance.now();
    await Promise.all(lines.map((line) => line.sample(now).catch(() => {})));
    setTimeout(tick, PERIOD_MS);
  };
  tick();

  const open = () => lines.filter(({ connection }) => connection.connectionState === 'connected');
  return {
    /** Says whom a connection is meant for. */
    name(connection, peer) {
      lines.find((line) => line.connection === connection).peer = peer;
    },
    /** As `name`, of the connection made last, for code that does not see its connections. */
    nameNewest(peer) {
      lines.at(-1).peer = peer;
    },
    /** How many offers came while one's own was outstanding. */
    refused: () => refused,
    /** Forgets what was sent until now. */
    reset() {
      since = performance.now();
      lines.forEach((line) => (line.samples = []));
    },
    /** Video sent in the window by all connections together, as a multiple of the one that sends most; null until it is full. */
    uplinks() {
      if (performance.now() - since < WINDOW_MS + PERIOD_MS) return null;
      const sent = lines.map((line) => line.sent());
      const most = Math.max(...sent);
      return most > 0 ? sent.reduce((sum, bytes) => sum + bytes, 0) / most : null;
    },
    /** The peer whose connection carries most of what is sent. */
    carrier: () => open().sort((one, other) => other.sent() - one.sent())[0]?.peer ?? null,
    /** Where each connection that is up leads: [peer, "sfu" or "p2p"]. */
    paths: () => open().map(({ peer, remotePort }) => [peer, remotePort === mediaPort ? 'sfu' : 'p2p']),
    told: () =>
      lines.map(({ peer, connection, remotePort, samples }) => ({
        peer,
        connection: connection.connectionState,
        signaling: connection.signalingState,
        remotePort,
        sent: samples.at(-1)?.videoBytes,
        directions: connection.getTransceivers().map(({ mid, currentDirection }) => `${mid} ${currentDirection}`),
      })),
  };
}
