package dev.foyer.sfu;

/**
 * A consumer's totals for statistics.
 *
 * @param spatialLayer the layer being sent, -1 for none
 * @param rttNanos round trip to the client, -1 while unknown
 * @param packetsLost as the client reports it
 * @param fractionLost 0 to 1, of the client's last report
 * @param jitterSeconds of the client's last report
 */
record ConsumerFigures(
        boolean active,
        int spatialLayer,
        long packetsSent,
        long bytesSent,
        long packetsRetransmitted,
        long nackCount,
        long keyFrameRequestCount,
        long bitrateBps,
        long rttNanos,
        long packetsLost,
        double fractionLost,
        double jitterSeconds) {}
