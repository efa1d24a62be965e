package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.sdp.MediaLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media section of a client's description, in the client's own numbers.
 *
 * @param line as the client wrote it
 * @param mid its name; one is made up where the client gave none
 * @param named whether the client gave the name
 * @param rejected whether the client refused or stopped it (port 0)
 * @param kind audio or video; null for all else
 * @param sends whether the client wants to send
 * @param receives whether the client wants to receive
 * @param capabilities what the client and the router have in common, in the client's order and by its payload types
 *     and extension ids; directions of extensions are the router's. Empty for what is neither audio nor video
 * @param rids of the simulcast that the client sends and the router can receive, in the client's order, else empty
 * @param options what an answer repeats
 * @param sent the client's stream, for {@link ProducerNegotiation}: of the codecs in common the first, which is the
 *     one that clients send. Null when it does not send or has no codec in common
 */
public record RemoteSection(
        MediaLine line,
        String mid,
        boolean named,
        boolean rejected,
        @Nullable MediaKind kind,
        boolean sends,
        boolean receives,
        RtpCapabilities capabilities,
        List<String> rids,
        RtpOptions options,
        @Nullable RtpParameters sent) {
    public RemoteSection {
        rids = List.copyOf(rids);
    }

    /** Whether media can flow: audio or video, not rejected, with a codec in common. */
    public boolean acceptable() {
        return !rejected && kind != null && !capabilities.codecs().isEmpty();
    }
}
