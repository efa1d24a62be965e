package dev.foyer.sfu;

import dev.foyer.protocol.ice.IceState;

/**
 * A transport's state and totals for statistics. Bytes are those of SRTP and SRTCP packets.
 *
 * @param handshaking whether the DTLS handshake was started
 */
record TransportFigures(
        WebRtcTransportState state,
        IceState iceState,
        boolean handshaking,
        long packetsReceived,
        long packetsSent,
        long bytesReceived,
        long bytesSent) {}
