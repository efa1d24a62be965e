package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.protocol.sdp.Direction;
import dev.foyer.protocol.sdp.MediaLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media section of the server's description.
 *
 * @param line media and protocol; its formats count for a rejected section only
 * @param mid its name
 * @param named whether the name is written: not when the client's offer had none
 * @param rejected whether it is refused or stopped (port 0)
 * @param receives whether the server wants to receive
 * @param track what the server sends, or null
 * @param capabilities codecs and header extensions in the numbers of the section; directions are the server's
 * @param rids of the client's simulcast, in its order
 * @param options of its RTP
 */
public record LocalSection(
        MediaLine line,
        String mid,
        boolean named,
        boolean rejected,
        boolean receives,
        @Nullable LocalTrack track,
        RtpCapabilities capabilities,
        List<String> rids,
        RtpOptions options) {
    private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

    public LocalSection {
        rids = List.copyOf(rids);
    }

    /**
     * Answers a section. One that is not {@linkplain RemoteSection#acceptable() acceptable} is rejected; else media
     * flows where both want it.
     *
     * @param receives whether the server takes what the client sends
     * @param track what the server sends if the client receives, or null
     */
    public static LocalSection answering(RemoteSection offered, boolean receives, @Nullable LocalTrack track) {
        return offered.acceptable()
                ? of(offered, receives && offered.sends(), offered.receives() ? track : null)
                : rejecting(offered);
    }

    /** Refuses a section of an offer, or stops one in an offer of the server's. */
    public static LocalSection rejecting(RemoteSection section) {
        return new LocalSection(
                section.line(),
                section.mid(),
                section.named(),
                true,
                false,
                null,
                section.capabilities(),
                List.of(),
                section.options());
    }

    /**
     * Offers anew a section that the client described before, in its numbers.
     *
     * @param receives whether the server wants to receive
     * @param track what the server sends, or null
     */
    public static LocalSection offering(RemoteSection known, boolean receives, @Nullable LocalTrack track) {
        return known.acceptable() ? of(known, receives, track) : rejecting(known);
    }

    /**
     * Offers a section that the client does not know yet.
     *
     * @param mid new to the connection
     * @param receives whether the server wants to receive
     * @param track what the server sends, or null
     * @param capabilities codecs and header extensions by {@link SectionNumbers#fresh}
     */
    public static LocalSection fresh(
            String mid, MediaKind kind, boolean receives, @Nullable LocalTrack track, RtpCapabilities capabilities) {
        List<String> formats = capabilities.codecs().stream()
                .map(codec -> Integer.toString(SectionCodecs.payloadType(codec)))
                .toList();
        return new LocalSection(
                new MediaLine(kind.toString(), 9, PROTOCOL, formats),
                mid,
                true,
                false,
                receives,
                track,
                capabilities,
                List.of(),
                RtpOptions.OFFERED);
    }

    private static LocalSection of(RemoteSection section, boolean receives, @Nullable LocalTrack track) {
        return new LocalSection(
                section.line(),
                section.mid(),
                section.named(),
                false,
                receives,
                track,
                section.capabilities(),
                receives ? section.rids() : List.of(),
                section.options());
    }

    /** The section's direction as seen by the server. */
    public Direction direction() {
        return rejected ? Direction.INACTIVE : Direction.of(track != null, receives);
    }
}
