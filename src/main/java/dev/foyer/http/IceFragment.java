package dev.foyer.http;

import dev.foyer.ortc.IceParameters;
import dev.foyer.protocol.sdp.MediaDescription;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SdpFragment;
import dev.foyer.protocol.sdp.SessionDescription;
import dev.foyer.protocol.sdp.TransportDescription;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a PATCH says of the client's ICE agent (RFC 9725, section 4.3). The server is an ICE-lite agent: it needs none of
 * the candidates, only to know whether the client begins a new ICE session.
 *
 * @param usernameFragment ICE user name, or null where only candidates come
 */
record IceFragment(@Nullable String usernameFragment) {
    /** The media type of fragments. */
    static final String TYPE = "application/trickle-ice-sdpfrag";

    /**
     * Reads a fragment.
     *
     * @throws RequestRefusal 400 when it is malformed or says nothing of ICE
     */
    static IceFragment read(String text) {
        SdpFragment fragment;
        try {
            fragment = SdpFragment.parse(text);
        } catch (SdpException malformed) {
            throw refused("The fragment is malformed: " + malformed.getMessage());
        }
        String usernameFragment = fragment.usernameFragment();
        if ((usernameFragment == null) != (fragment.password() == null)) {
            throw refused("ice-ufrag and ice-pwd go together");
        }
        boolean anything = Stream.concat(
                        Stream.of(fragment.transport()),
                        fragment.sections().stream().map(SdpFragment.Section::transport))
                .anyMatch(transport ->
                        transport.endOfCandidates() || !transport.candidates().isEmpty());
        if (usernameFragment == null && !anything) {
            throw refused("The fragment has neither credentials nor candidates");
        }
        return new IceFragment(usernameFragment);
    }

    /**
     * Answers an ICE restart: the answer's transport under new credentials, with the candidates that it had.
     *
     * @param answer the server's answer to the offer
     */
    static String restarted(SessionDescription answer, IceParameters ice) {
        MediaDescription tagged = tagged(answer);
        TransportDescription before = tagged.transport();
        TransportDescription transport = new TransportDescription(
                ice.usernameFragment(),
                ice.password(),
                before.iceOptions(),
                List.of(),
                null,
                before.candidates(),
                before.endOfCandidates());
        StringBuilder text = new StringBuilder();
        if (answer.iceLite()) {
            text.append("a=ice-lite\r\n");
        }
        for (List<String> bundle : answer.bundles()) {
            text.append("a=group:BUNDLE ").append(String.join(" ", bundle)).append("\r\n");
        }
        return text.append(new SdpFragment(
                                TransportDescription.NONE,
                                List.of(new SdpFragment.Section(tagged.line(), tagged.mid(), transport)))
                        .toSdp())
                .toString();
    }

    /** The section whose transport the bundle uses (RFC 9143, section 7.3): the group's first. */
    private static MediaDescription tagged(SessionDescription answer) {
        List<MediaDescription> media = answer.media();
        for (List<String> bundle : answer.bundles()) {
            for (MediaDescription section : media) {
                if (!bundle.isEmpty() && bundle.getFirst().equals(section.mid())) {
                    return section;
                }
            }
        }
        return media.getFirst();
    }

    private static RequestRefusal refused(String text) {
        return new RequestRefusal(HttpError.INVALID_MESSAGE, text);
    }
}
