package dev.foyer.sfu;

import dev.foyer.protocol.ice.IceOutcome;
import dev.foyer.protocol.srtp.SrtpSession;

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
}
