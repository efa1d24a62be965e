package dev.foyer.sfu;

import dev.foyer.protocol.ice.IceOutcome;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.srtp.SrtpSession;
import dev.foyer.sfu.stream.NtpTime;
import dev.foyer.sfu.stream.ReceptionStatistics;

/** What a worker counted since it began. Plain fields of the worker's thread; read there too. */
public final class SfuCounters {
    long malformed;
    long unknownTuple;
    long stunReceived;
    long stunMalformed;
    long stunUnknownUsername;
    long stunUnauthenticated;
    long srtpAuthenticationFailed;
    long srtpReplayed;
    long srtpMalformed;
    long srtpRefused;
    long mediaBeforeKeys;
    long rtpUnknownSsrc;
    long rtcpMalformed;
    long dtlsFailed;
    long rtpReceived;
    long rtpForwarded;
    long rtpRetransmitted;
    long bytesReceived;
    long bytesSent;
    long nacksSent;
    long nacksReceived;
    long keyFrameRequestsSent;
    long keyFrameRequestsReceived;
    long rtpLost;
    long jitterNanos;
    long jitterReports;
    long lossReported256ths;
    long lossReports;

    SfuCounters() {}

    void stun(IceOutcome outcome) {
        switch (outcome) {
            case MALFORMED, BAD_FINGERPRINT -> stunMalformed++;
            case UNKNOWN_USERNAME -> stunUnknownUsername++;
            case UNAUTHENTICATED -> stunUnauthenticated++;
            case ANSWERED, ROLE_CONFLICT, UNKNOWN_ATTRIBUTE, IGNORED -> {}
        }
    }

    void srtp(int outcome) {
        switch (outcome) {
            case SrtpSession.AUTHENTICATION_FAILED -> srtpAuthenticationFailed++;
            case SrtpSession.REPLAYED -> srtpReplayed++;
            case SrtpSession.MALFORMED -> srtpMalformed++;
            default -> srtpRefused++;
        }
    }

    /** A received stream was reported to its sender. */
    void reported(ReceptionStatistics statistics, int clockRate) {
        rtpLost += statistics.lostInInterval();
        jitterNanos += NtpTime.nanos(statistics.jitter(), clockRate);
        jitterReports++;
    }

    /** A client reported a stream that it receives. */
    void reported(ReportBlock block) {
        lossReported256ths += block.fractionLost();
        lossReports++;
    }

    /** Datagrams that are no protocol of WebRTC, or RTP that contradicts itself after decryption. */
    public long malformed() {
        return malformed;
    }

    /** Media and DTLS from addresses that belong to no transport. */
    public long unknownTuple() {
        return unknownTuple;
    }

    /** STUN packets of whatever kind. */
    public long stunReceived() {
        return stunReceived;
    }

    /** STUN packets that were not well formed or whose FINGERPRINT did not fit. */
    public long stunMalformed() {
        return stunMalformed;
    }

    /** Connectivity checks for no transport. */
    public long stunUnknownUsername() {
        return stunUnknownUsername;
    }

    /** Connectivity checks whose MESSAGE-INTEGRITY did not fit. */
    public long stunUnauthenticated() {
        return stunUnauthenticated;
    }

    /** SRTP and SRTCP packets that failed authentication. */
    public long srtpAuthenticationFailed() {
        return srtpAuthenticationFailed;
    }

    /** SRTP and SRTCP packets that were replayed, or too old to tell. */
    public long srtpReplayed() {
        return srtpReplayed;
    }

    /** SRTP and SRTCP packets too short or of a wrong form. */
    public long srtpMalformed() {
        return srtpMalformed;
    }

    /** Authentic packets beyond a limit, or that the cipher refused. */
    public long srtpRefused() {
        return srtpRefused;
    }

    /** Media that came before the DTLS handshake was done. */
    public long mediaBeforeKeys() {
        return mediaBeforeKeys;
    }

    /** Authentic RTP of streams that belong to no producer. */
    public long rtpUnknownSsrc() {
        return rtpUnknownSsrc;
    }

    /** Authentic RTCP that was not well formed. */
    public long rtcpMalformed() {
        return rtcpMalformed;
    }

    /** DTLS handshakes that failed. */
    public long dtlsFailed() {
        return dtlsFailed;
    }

    /** RTP packets that reached a producer. */
    public long rtpReceived() {
        return rtpReceived;
    }

    /** RTP packets sent by consumers, retransmissions not included. */
    public long rtpForwarded() {
        return rtpForwarded;
    }

    /** RTP packets that consumers sent again. */
    public long rtpRetransmitted() {
        return rtpRetransmitted;
    }

    /** Bytes of authentic media received. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Bytes of media sent. */
    public long bytesSent() {
        return bytesSent;
    }

    /** NACKs sent to producers' clients, each for one or more packets. */
    public long nacksSent() {
        return nacksSent;
    }

    /** NACKs that clients sent for what they consume. */
    public long nacksReceived() {
        return nacksReceived;
    }

    /** Key frame requests (PLI) sent to producers' clients. */
    public long keyFrameRequestsSent() {
        return keyFrameRequestsSent;
    }

    /** Key frame requests (PLI and FIR) of clients for what they consume. */
    public long keyFrameRequestsReceived() {
        return keyFrameRequestsReceived;
    }

    /** RTP packets of received streams that were missing when the stream was reported. */
    public long rtpLost() {
        return rtpLost;
    }

    /** Sum of the interarrival jitter of received streams, once a report; see {@link #jitterReports}. */
    public long jitterNanos() {
        return jitterNanos;
    }

    /** How often a received stream was reported. */
    public long jitterReports() {
        return jitterReports;
    }

    /** Sum of the loss that clients reported of sent streams, in 1/256; see {@link #lossReports}. */
    public long lossReported256ths() {
        return lossReported256ths;
    }

    /** How often clients reported sent streams. */
    public long lossReports() {
        return lossReports;
    }
}
