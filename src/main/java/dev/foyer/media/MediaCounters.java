package dev.foyer.media;

import dev.foyer.sfu.SfuCounters;

/**
 * What a worker, or all of them, counted since they began. A restarted worker begins at zero.
 *
 * @param datagramsReceived datagrams that came in, and packets over TCP
 * @param datagramsSent datagrams handed to sockets, and packets over TCP
 * @param sendCalls sends that they were grouped into
 * @param datagramsDropped datagrams not sent because a socket was backed up, and packets that a client over TCP did not
 *     read in time
 * @param sendFailures sends that the kernel refused
 * @param tcpAccepted TCP connections that showed an authentic connectivity check
 * @param tcpRefused TCP connections closed because they did not, or were too many
 * @param malformed datagrams of no protocol that WebRTC has
 * @param unknownTuple media and DTLS from addresses that belong to no transport
 * @param stunMalformed STUN that was not well formed
 * @param stunUnknownUsername connectivity checks for no transport
 * @param stunUnauthenticated connectivity checks with a wrong MESSAGE-INTEGRITY
 * @param srtpAuthenticationFailed SRTP and SRTCP that failed authentication
 * @param srtpReplayed SRTP and SRTCP that was replayed
 * @param rtpUnknownSsrc authentic RTP that belongs to no producer
 * @param rtcpMalformed authentic RTCP that was not well formed
 * @param dtlsFailed DTLS handshakes that failed
 * @param rtpReceived RTP packets that reached a producer
 * @param rtpForwarded RTP packets sent by consumers
 * @param rtpRetransmitted RTP packets sent again
 * @param bytesReceived bytes of media received
 * @param bytesSent bytes of media sent
 * @param faults exceptions while handling packets: bugs
 * @param quality how well streams arrive
 */
public record MediaCounters(
        long datagramsReceived,
        long datagramsSent,
        long sendCalls,
        long datagramsDropped,
        long sendFailures,
        long tcpAccepted,
        long tcpRefused,
        long malformed,
        long unknownTuple,
        long stunMalformed,
        long stunUnknownUsername,
        long stunUnauthenticated,
        long srtpAuthenticationFailed,
        long srtpReplayed,
        long rtpUnknownSsrc,
        long rtcpMalformed,
        long dtlsFailed,
        long rtpReceived,
        long rtpForwarded,
        long rtpRetransmitted,
        long bytesReceived,
        long bytesSent,
        long faults,
        StreamQuality quality) {
    /** Nothing counted. */
    public static final MediaCounters ZERO =
            new MediaCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, StreamQuality.ZERO);

    static MediaCounters of(SfuCounters sfu, long faults) {
        return new MediaCounters(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                sfu.malformed() + sfu.srtpMalformed(),
                sfu.unknownTuple(),
                sfu.stunMalformed(),
                sfu.stunUnknownUsername(),
                sfu.stunUnauthenticated(),
                sfu.srtpAuthenticationFailed(),
                sfu.srtpReplayed(),
                sfu.rtpUnknownSsrc(),
                sfu.rtcpMalformed(),
                sfu.dtlsFailed(),
                sfu.rtpReceived(),
                sfu.rtpForwarded(),
                sfu.rtpRetransmitted(),
                sfu.bytesReceived(),
                sfu.bytesSent(),
                faults,
                StreamQuality.of(sfu));
    }

    MediaCounters plus(UdpCounters udp) {
        return plus(ofSockets(
                udp.datagramsReceived(),
                udp.datagramsSent(),
                udp.sendCalls(),
                udp.datagramsDropped(),
                udp.sendFailures(),
                0,
                0));
    }

    MediaCounters plus(TcpCounters tcp) {
        return plus(ofSockets(
                tcp.framesReceived(),
                tcp.framesSent(),
                tcp.writes(),
                tcp.framesDropped(),
                0,
                tcp.accepted(),
                tcp.refused()));
    }

    private static MediaCounters ofSockets(
            long received, long sent, long calls, long dropped, long failures, long tcpAccepted, long tcpRefused) {
        return new MediaCounters(
                received,
                sent,
                calls,
                dropped,
                failures,
                tcpAccepted,
                tcpRefused,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                StreamQuality.ZERO);
    }

    /** The sum of two. */
    public MediaCounters plus(MediaCounters other) {
        return new MediaCounters(
                datagramsReceived + other.datagramsReceived,
                datagramsSent + other.datagramsSent,
                sendCalls + other.sendCalls,
                datagramsDropped + other.datagramsDropped,
                sendFailures + other.sendFailures,
                tcpAccepted + other.tcpAccepted,
                tcpRefused + other.tcpRefused,
                malformed + other.malformed,
                unknownTuple + other.unknownTuple,
                stunMalformed + other.stunMalformed,
                stunUnknownUsername + other.stunUnknownUsername,
                stunUnauthenticated + other.stunUnauthenticated,
                srtpAuthenticationFailed + other.srtpAuthenticationFailed,
                srtpReplayed + other.srtpReplayed,
                rtpUnknownSsrc + other.rtpUnknownSsrc,
                rtcpMalformed + other.rtcpMalformed,
                dtlsFailed + other.dtlsFailed,
                rtpReceived + other.rtpReceived,
                rtpForwarded + other.rtpForwarded,
                rtpRetransmitted + other.rtpRetransmitted,
                bytesReceived + other.bytesReceived,
                bytesSent + other.bytesSent,
                faults + other.faults,
                quality.plus(other.quality));
    }
}
