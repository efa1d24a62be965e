package dev.foyer.room;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two plain clients of one dialect, connected to each other. Passes their signals on in an order that clients can bear
 * which know of none: they offer on both sides, drop candidates that come early, and answer before their camera is open.
 *
 * <ul>
 *   <li>One of the two hears of the other first and offers; the other hears when it has answered, or after a while. Its own
 *       offer is an ordinary renegotiation then. Where an application has its own convention both hear at once.
 *   <li>Of two offers that cross, the second to arrive is kept back. A browser rolls it back, answers the first, and the
 *       second is void. Otherwise it is a native client, which refuses the first while its own is outstanding, or the
 *       impolite side of perfect negotiation, which ignores it. A native client cannot be reached by an offer any more, so
 *       the pair begins anew. Of the others the offer that was kept back is passed on, late, to the polite side.
 *   <li>Candidates wait until both descriptions of a negotiation have passed.
 *   <li>Of clients that are expected to send and do not, the connection is begun anew a few times: the camera may open
 *       late, and clients of this kind look at it only when they make a connection.
 * </ul>
 */
final class RelayedPair {
    private final SignalPost post;
    private final End one;
    private final End two;

    /** Whether these are clients which offer to whomever they hear of, and close their connection when told that it left. */
    private final boolean unasked;

    private final Deadline unanswered = new Deadline();
    private final Deadline crossing = new Deadline();
    private final Deadline muteReplay = new Deadline();
    private final Deadline silence = new Deadline();
    private boolean silent;
    private @Nullable End offerer;
    private boolean answered;
    private int tries;
    private int muteReplays;
    private boolean mute;
    private long muteSinceNanos;

    RelayedPair(Acquaintance one, Acquaintance two, SignalPost post) {
        this.post = post;
        this.one = new End(one);
        this.two = new End(two);
        this.unasked = one.client.offersUnasked() && two.client.offersUnasked();
    }

    /**
     * The two meet.
     *
     * @param later who is to hear second
     * @param byReply whether that one hears by the reply to its join, unless it has to wait
     */
    void begin(Participant later, boolean byReply, long nowNanos) {
        if (!unasked && !byReply) {
            silence.in(LinkTiming.SILENCE_NANOS, nowNanos);
        }
        End second = end(later);
        other(second).acquaintance.meet();
        if (unasked) {
            second.acquaintance.holdBack(nowNanos);
        } else if (byReply) {
            second.acquaintance.metByReply();
        } else {
            second.acquaintance.meet();
        }
    }

    /** Whether the two have negotiated since they met. */
    boolean isAnswered() {
        return answered;
    }

    /**
     * Whether neither offers though both were told of the other. An application whose newcomers offer to those whom they
     * find does not take somebody for one who is only told of anew.
     */
    boolean isSilent() {
        return silent;
    }

    /** The two go another way: what still comes from their connection is void. */
    void end() {
        one.retire();
        two.retire();
    }

    void signal(Participant from, PeerSignal signal, long nowNanos) {
        End end = end(from);
        switch (signal) {
            case PeerSignal.Offer offer -> offer(end, offer, nowNanos);
            case PeerSignal.Answer answer -> answer(end, answer, nowNanos);
            case PeerSignal.Candidate candidate -> candidate(end, candidate);
        }
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        one.acquaintance.tick(true, nowNanos);
        two.acquaintance.tick(true, nowNanos);
        if (one.isLost() || two.isLost()) {
            // Whoever has no connection to the server can neither answer nor begin anew.
            wait(crossing, nowNanos);
            wait(unanswered, nowNanos);
            wait(muteReplay, nowNanos);
            wait(silence, nowNanos);
            return;
        }
        silent |= silence.take(nowNanos);
        if (crossing.take(nowNanos) && offerer != null) {
            uncross(offerer, nowNanos);
        }
        if (unanswered.take(nowNanos) && !again("an offer is not answered", nowNanos)) {
            offerer = null;
        }
        if (muteReplay.take(nowNanos)) {
            muteReplays++;
            restart("media is missing", nowNanos);
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        long delay = Math.min(one.acquaintance.delayNanos(nowNanos), two.acquaintance.delayNanos(nowNanos));
        delay = Math.min(delay, crossing.delayNanos(nowNanos));
        delay = Math.min(delay, unanswered.delayNanos(nowNanos));
        delay = Math.min(delay, silence.delayNanos(nowNanos));
        return Math.min(delay, muteReplay.delayNanos(nowNanos));
    }

    private void offer(End end, PeerSignal.Offer offer, long nowNanos) {
        SdpOutline outline = SdpOutline.of(offer.sdp());
        End other = other(end);
        if (end.acquaintance.isRetired(outline.session())) {
            post.drop(end.client(), other.client(), offer);
        } else if (offerer == other) {
            end.keptBack = offer;
            end.session = outline.session();
            if (!crossing.isSet()) {
                crossing.in(unasked ? LinkTiming.HOLD_NANOS : LinkTiming.GLARE_NANOS, nowNanos);
            }
            post.drop(end.client(), other.client(), offer);
        } else if (!end.isStillItself(outline) && again("a connection was replaced", nowNanos)) {
            post.drop(end.client(), other.client(), offer);
        } else {
            pass(end, offer, outline, nowNanos);
        }
    }

    private void pass(End end, PeerSignal.Offer offer, SdpOutline outline, long nowNanos) {
        silence.clear();
        silent = false;
        offerer = end;
        end.offered = outline;
        end.session = outline.session();
        if (unasked) {
            unanswered.in(LinkTiming.UNANSWERED_NANOS, nowNanos);
        }
        other(end).acquaintance.address();
        post.relay(end.client(), other(end).client(), offer);
    }

    private void answer(End end, PeerSignal.Answer answer, long nowNanos) {
        SdpOutline outline = SdpOutline.of(answer.sdp());
        End other = other(end);
        if (end.acquaintance.isRetired(outline.session())) {
            post.drop(end.client(), other.client(), answer);
            return;
        }
        if (!end.isStillItself(outline) && again("a connection was replaced", nowNanos)) {
            post.drop(end.client(), other.client(), answer);
            return;
        }
        if (offerer != other) {
            post.drop(end.client(), other.client(), answer);
            return;
        }
        post.relay(end.client(), other.client(), answer);
        offerer = null;
        unanswered.clear();
        crossing.clear();
        end.keptBack = null;
        end.session = outline.session();
        end.described = outline;
        other.described = other.offered;
        answered = true;
        flush(end);
        flush(other);
        one.acquaintance.release();
        two.acquaintance.release();
        expectMedia(nowNanos);
    }

    private void candidate(End end, PeerSignal.Candidate candidate) {
        SdpOutline described = end.described;
        if (offerer == null && described != null && HeldCandidates.mayBelong(candidate, described.ufrags())) {
            post.relay(end.client(), other(end).client(), candidate);
        } else if (!end.candidates.hold(candidate)) {
            post.drop(end.client(), other(end).client(), candidate);
        }
    }

    private void flush(End end) {
        Set<String> ufrags = end.described == null ? Set.of() : end.described.ufrags();
        end.candidates
                .release(ufrags)
                .forEach(candidate -> post.relay(end.client(), other(end).client(), candidate));
    }

    /** The offer that stands was not answered for as long as one that crossed it could wait. */
    private void uncross(End standing, long nowNanos) {
        End other = other(standing);
        PeerSignal.Offer keptBack = other.keptBack;
        if (keptBack == null) {
            return;
        }
        other.keptBack = null;
        if (!unasked) {
            pass(other, keptBack, SdpOutline.of(keptBack.sdp()), nowNanos);
        } else if (!again("offers crossed", nowNanos)) {
            offerer = null;
        }
    }

    private void expectMedia(long nowNanos) {
        boolean missing = unasked && (one.isMute() || two.isMute());
        muteReplay.clear();
        if (!missing) {
            mute = false;
            muteReplays = 0;
            tries = 0;
        } else if (muteReplays < LinkTiming.muteReplays()) {
            if (!mute) {
                mute = true;
                muteSinceNanos = nowNanos;
            }
            muteReplay.in(Math.max(0, LinkTiming.muteReplayNanos(muteReplays) - (nowNanos - muteSinceNanos)), nowNanos);
        }
    }

    /** Begins anew unless that was of no use often enough. */
    private boolean again(String why, long nowNanos) {
        if (!unasked || tries == LinkTiming.TRIES) {
            return false;
        }
        tries++;
        restart(why, nowNanos);
        return true;
    }

    private void restart(String why, long nowNanos) {
        // Who hears second has longer to open its camera.
        End later = one.client().politeTowards(two.client()) ? two : one;
        End second = other(later).isMute() && !later.isMute() ? other(later) : later;
        for (End end : new End[] {one, two}) {
            end.retire();
            end.acquaintance.part();
            post.replayed(end.acquaintance, why);
        }
        offerer = null;
        answered = false;
        unanswered.clear();
        crossing.clear();
        muteReplay.clear();
        begin(second.client(), false, nowNanos);
    }

    private static void wait(Deadline deadline, long nowNanos) {
        if (deadline.take(nowNanos)) {
            deadline.in(LinkTiming.RETRY_NANOS, nowNanos);
        }
    }

    private End end(Participant participant) {
        return one.client() == participant ? one : two;
    }

    private End other(End end) {
        return end == one ? two : one;
    }

    private static final class End {
        private final Acquaintance acquaintance;
        private final HeldCandidates candidates = new HeldCandidates();

        /** The peer connection that its descriptions come from. */
        private @Nullable String session;

        /** Its last offer that was passed on. */
        private @Nullable SdpOutline offered;

        /** Its description in the last negotiation that was completed. */
        private @Nullable SdpOutline described;

        private PeerSignal.@Nullable Offer keptBack;

        private End(Acquaintance acquaintance) {
            this.acquaintance = acquaintance;
        }

        private Participant client() {
            return acquaintance.client;
        }

        private boolean isLost() {
            return client().suspended;
        }

        /** Whether it speaks for the same peer connection as before, as far as that can be told. */
        private boolean isStillItself(SdpOutline outline) {
            return session == null || outline.session() == null || Objects.equals(session, outline.session());
        }

        private boolean isMute() {
            return client().publishes() && (described == null || !described.sends());
        }

        private void retire() {
            acquaintance.retire(session);
            session = null;
            offered = null;
            described = null;
            keptBack = null;
            candidates.clear();
        }
    }
}
