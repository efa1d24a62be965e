package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtpCapabilities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client's description (RFC 9429) says to a router.
 *
 * @param sessionId of its {@code o=} line: another one is another peer connection
 * @param transport the transport that all sections share; null when no section is acceptable
 * @param bundled whether the description names a bundle (RFC 9143)
 * @param sections in order
 */
public record RemoteDescription(
        String sessionId, @Nullable RemoteTransport transport, boolean bundled, List<RemoteSection> sections) {
    public RemoteDescription {
        sections = List.copyOf(sections);
    }

    /**
     * Reads a client's offer.
     *
     * @param router the router's capabilities
     * @throws NegotiationException {@link NegotiationError#INVALID} when it is malformed or contradicts itself,
     *     {@link NegotiationError#UNSUPPORTED} when it is well formed and yet wants what the SFU does not do: several
     *     transports, RTCP on a port of its own, ICE-lite on both sides. A section without a codec in common is no
     *     error: it is not {@linkplain RemoteSection#acceptable() acceptable}
     */
    public static RemoteDescription offer(String sdp, RtpCapabilities router) throws NegotiationException {
        return new DescriptionReader(sdp, router).read();
    }

    /**
     * Reads a client's answer.
     *
     * @param offer what it answers
     * @param router the router's capabilities
     * @throws NegotiationException as {@link #offer}; also {@link NegotiationError#INVALID} when the sections are not
     *     those of the offer
     */
    public static RemoteDescription answer(String sdp, LocalDescription offer, RtpCapabilities router)
            throws NegotiationException {
        RemoteDescription answer = new DescriptionReader(sdp, router).read();
        Bounds.require(
                answer.sections.size() == offer.sections().size(),
                "the answer has another number of sections than the offer");
        for (int i = 0; i < answer.sections.size(); i++) {
            RemoteSection answered = answer.sections.get(i);
            LocalSection offered = offer.sections().get(i);
            Bounds.require(
                    answered.line().media().equals(offered.line().media())
                            && (!answered.named() || answered.mid().equals(offered.mid())),
                    "section " + i + " of the answer is not that of the offer");
            Bounds.require(
                    answered.rejected() || !offered.rejected(),
                    "the answer accepts section " + i + ", which is stopped");
        }
        return answer;
    }

    /**
     * Checks that this may follow an earlier description of the same peer connection: sections stay in their order, and
     * only one that was rejected may become another (RFC 9429 section 5.2.2).
     *
     * @throws NegotiationException {@link NegotiationError#INVALID} when not
     */
    public void requireFollows(RemoteDescription earlier) throws NegotiationException {
        Bounds.require(sections.size() >= earlier.sections.size(), "sections are missing that were there before");
        for (int i = 0; i < earlier.sections.size(); i++) {
            RemoteSection before = earlier.sections.get(i);
            RemoteSection now = sections.get(i);
            boolean same = now.mid().equals(before.mid())
                    && now.line().media().equals(before.line().media());
            Bounds.require(same || before.rejected(), "section " + i + " is another one than before");
        }
    }

    /** The section of a mid, or null. */
    public @Nullable RemoteSection section(String mid) {
        for (RemoteSection section : sections) {
            if (section.mid().equals(mid)) {
                return section;
            }
        }
        return null;
    }
}
