package dev.foyer.sfu.negotiation;

/**
 * What the server sends on a section, whichever producer stands behind it at a time.
 *
 * @param streamId groups tracks at the client (RFC 8830); visible ASCII characters
 * @param trackId visible ASCII characters
 * @param cname canonical name (RFC 7022); visible ASCII characters
 * @param ssrc 32 bits unsigned
 * @param rtxSsrc of retransmissions, 32 bits unsigned, or 0 without
 */
public record LocalTrack(String streamId, String trackId, String cname, long ssrc, long rtxSsrc) {
    public LocalTrack {
        check(streamId);
        check(trackId);
        check(cname);
    }

    private static void check(String text) {
        if (text.isEmpty() || !text.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new IllegalArgumentException("not visible ASCII characters");
        }
    }
}
