package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An {@code RTCPeerConnection} as far as signaling goes (RFC 9429), native or a browser's. */
final class SimulatedPeerConnection {
    /** Whether it takes its own offer back for one that it gets (a browser), or refuses that. */
    private final boolean rollsBack;

    private final boolean media;
    private final boolean audience;
    private final String session;
    private final List<Section> sections = new ArrayList<>();
    private State state = State.STABLE;
    private int gatherings;
    private long version;
    private @Nullable FakeSdp remoteOffer;
    boolean closed;

    /** The peer connection at the other end, by its descriptions. */
    @Nullable
    String remoteSession;

    private @Nullable String remoteUfrag;
    boolean mixedUp;

    /** Candidates that were added in vain and in time. */
    int useless;

    final Set<String> usable = new LinkedHashSet<>();

    SimulatedPeerConnection(String session, boolean rollsBack, boolean media, boolean audience) {
        this.session = session;
        this.rollsBack = rollsBack;
        this.media = media;
        this.audience = audience;
        if (media || audience) {
            sections.add(new Section(MediaKind.AUDIO));
            sections.add(new Section(MediaKind.VIDEO));
        }
    }

    String session() {
        return session;
    }

    String ufrag() {
        return "u" + session + "g" + gatherings;
    }

    boolean isStable() {
        return state == State.STABLE;
    }

    /** Whether it sends, as negotiated last. */
    boolean sends() {
        return sections.stream().anyMatch(section -> section.sends);
    }

    boolean receives() {
        return sections.stream().anyMatch(section -> section.receives);
    }

    /** Makes an offer the local description; null where that is an error. */
    @Nullable
    String offer() {
        if (closed || state == State.HAVE_REMOTE_OFFER) {
            return null;
        }
        state = State.HAVE_LOCAL_OFFER;
        return describe(section -> media, section -> true);
    }

    /** Takes an offer; false where that is an error. */
    boolean takeOffer(String text) {
        if (closed || (state == State.HAVE_LOCAL_OFFER && !rollsBack)) {
            return false;
        }
        if (state == State.HAVE_LOCAL_OFFER) {
            gatherings++;
        }
        FakeSdp sdp = FakeSdp.parse(text);
        state = State.HAVE_REMOTE_OFFER;
        remoteOffer = sdp;
        for (int i = 0; i < sdp.sections().size(); i++) {
            if (i == sections.size()) {
                sections.add(new Section(sdp.sections().get(i).kind()));
            }
        }
        learn(sdp);
        return true;
    }

    /** Makes an answer the local description; null where that is an error. */
    @Nullable
    String answer() {
        FakeSdp offer = remoteOffer;
        if (closed || state != State.HAVE_REMOTE_OFFER || offer == null) {
            return null;
        }
        state = State.STABLE;
        for (int i = 0; i < offer.sections().size(); i++) {
            FakeSdp.Section offered = offer.sections().get(i);
            sections.get(i).sends = media && offered.receives();
            sections.get(i).receives = offered.sends();
        }
        List<Section> all = List.copyOf(sections);
        return new FakeSdp(
                        session,
                        ++version,
                        ufrag(),
                        all.subList(0, offer.sections().size()).stream()
                                .map(section -> section.described(section.sends, section.receives))
                                .toList())
                .text();
    }

    /** Takes an answer; false where that is an error. */
    boolean takeAnswer(String text) {
        if (closed || state != State.HAVE_LOCAL_OFFER) {
            return false;
        }
        FakeSdp sdp = FakeSdp.parse(text);
        state = State.STABLE;
        for (int i = 0; i < Math.min(sections.size(), sdp.sections().size()); i++) {
            FakeSdp.Section answered = sdp.sections().get(i);
            sections.get(i).sends = media && answered.receives();
            sections.get(i).receives = answered.sends();
        }
        learn(sdp);
        return true;
    }

    void addCandidate(String candidate, String ufrag) {
        if (closed || remoteUfrag == null || !remoteUfrag.equals(ufrag)) {
            useless++;
        } else {
            usable.add(candidate);
        }
    }

    private void learn(FakeSdp sdp) {
        if (remoteSession != null && !remoteSession.equals(sdp.session())) {
            mixedUp = true;
        }
        remoteSession = sdp.session();
        if (!sdp.ufrag().isEmpty() && !sdp.ufrag().equals(remoteUfrag)) {
            remoteUfrag = sdp.ufrag();
            usable.clear();
        }
    }

    private String describe(
            java.util.function.Predicate<Section> sends, java.util.function.Predicate<Section> receives) {
        return new FakeSdp(
                        session,
                        ++version,
                        ufrag(),
                        sections.stream()
                                .map(section ->
                                        section.described(sends.test(section) && !audience, receives.test(section)))
                                .toList())
                .text();
    }

    private enum State {
        STABLE,
        HAVE_LOCAL_OFFER,
        HAVE_REMOTE_OFFER
    }

    private final class Section {
        private final MediaKind kind;
        private final String mid = Integer.toString(sections.size());
        private boolean sends;
        private boolean receives;

        private Section(MediaKind kind) {
            this.kind = kind;
        }

        private FakeSdp.Section described(boolean sending, boolean receiving) {
            return new FakeSdp.Section(kind, mid, sending, receiving, null);
        }
    }
}
