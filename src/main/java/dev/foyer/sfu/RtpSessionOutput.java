package dev.foyer.sfu;

/** Where an {@link RtpSession} leaves its packets: a transport that protects and sends them. */
interface RtpSessionOutput {
    /**
     * Sends an RTP packet.
     *
     * @param buffer protected in place; has 64 free bytes behind the packet
     * @return false if the packet was not sent
     */
    boolean sendRtp(byte[] buffer, int offset, int length);

    /** Sends a compound or reduced-size RTCP packet, on the same terms. */
    boolean sendRtcp(byte[] buffer, int offset, int length);

    /** A received stream is over: its cryptographic state may go when its place is needed. */
    void releaseReceiveSsrc(long ssrc);

    /** A sent stream is over for good. */
    void retireSendSsrc(long ssrc);
}
