package dev.foyer.http;

import dev.foyer.protocol.sdp.MediaDescription;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SessionDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What WHIP and WHEP ask of an offer beyond what the SFU asks of every offer.
 *
 * @param sdp the offer as it came
 * @param usernameFragment ICE user name of the client; null when the offer has none, which the SFU refuses
 */
record WhipOffer(String sdp, @Nullable String usernameFragment) {
    /**
     * Reads an offer.
     *
     * @throws RequestRefusal 400 for malformed SDP, 422 for an offer whose media flows the wrong way
     */
    static WhipOffer read(WhipKind kind, String sdp) {
        SessionDescription description;
        try {
            description = SessionDescription.parse(sdp);
        } catch (SdpException malformed) {
            throw new RequestRefusal(HttpError.INVALID_MESSAGE, "The offer is malformed: " + malformed.getMessage());
        }
        List<MediaDescription> tracks =
                description.media().stream().filter(WhipOffer::isTrack).toList();
        if (tracks.isEmpty()) {
            throw new RequestRefusal(HttpError.UNPROCESSABLE, "The offer has neither audio nor video");
        }
        for (MediaDescription track : tracks) {
            if (!kind.accepts(track.direction())) {
                throw new RequestRefusal(
                        HttpError.UNPROCESSABLE,
                        kind == WhipKind.WHIP
                                ? "Every media section has to be sendonly or sendrecv"
                                : "Every media section has to be recvonly or sendrecv");
            }
        }
        return new WhipOffer(sdp, tracks.getFirst().transport().usernameFragment());
    }

    /** Whether a section is an audio or video track. */
    static boolean isTrack(MediaDescription section) {
        String media = section.line().media();
        return media.equals("audio") || media.equals("video");
    }
}
