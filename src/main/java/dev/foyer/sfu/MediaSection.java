package dev.foyer.sfu;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.sfu.negotiation.LocalSection;
import dev.foyer.sfu.negotiation.LocalTrack;
import dev.foyer.sfu.negotiation.NegotiationException;
import dev.foyer.sfu.negotiation.RemoteSection;
import dev.foyer.sfu.negotiation.SectionSending;
import org.jspecify.annotations.Nullable;

/**
 * One m-section of a connection: what the client said of it, which way media was agreed to flow, the producer that
 * receives on it and the source that is sent on it.
 */
final class MediaSection {
    private final String mid;
    private final @Nullable MediaKind kind;
    private final @Nullable SendSlot slot;
    private final RtpCapabilities offered;
    private @Nullable RemoteSection described;
    private boolean clientSends;
    private boolean clientReceives;
    private boolean receiving;
    private boolean sending;
    private boolean offersToReceive;
    private boolean offersToSend;
    private boolean takesTracks;
    private @Nullable MediaSource source;
    private @Nullable Producer producer;
    private @Nullable RtpParameters producing;

    private MediaSection(String mid, @Nullable MediaKind kind, @Nullable SendSlot slot, RtpCapabilities offered) {
        this.mid = mid;
        this.kind = kind;
        this.slot = slot;
        this.offered = offered;
    }

    /**
     * A section of the client's.
     *
     * @param slot null for a section that no media can flow on
     */
    static MediaSection of(RemoteSection described, @Nullable SendSlot slot) {
        MediaSection section = new MediaSection(described.mid(), described.kind(), slot, described.capabilities());
        section.takesTracks = true;
        return section;
    }

    /** A section of the server's, which the client does not know yet. */
    static MediaSection fresh(String mid, MediaKind kind, SendSlot slot, RtpCapabilities capabilities) {
        MediaSection section = new MediaSection(mid, kind, slot, capabilities);
        section.clientReceives = true;
        return section;
    }

    String mid() {
        return mid;
    }

    /** Null for what is neither audio nor video. */
    @Nullable
    MediaKind kind() {
        return kind;
    }

    /** Whether media can flow on it; one that is not open never is again. */
    boolean isOpen() {
        RemoteSection known = described;
        return slot != null && (known == null || known.acceptable());
    }

    /** Whether the client has not described it yet. */
    boolean isFresh() {
        return described == null;
    }

    /** Whether a section of a later description is this one. */
    boolean isContinuedBy(RemoteSection next) {
        return isOpen() && mid.equals(next.mid()) && (next.rejected() || kind == next.kind());
    }

    /** Codecs and header extensions in its numbers. */
    RtpCapabilities capabilities() {
        RemoteSection known = described;
        return known != null && known.acceptable() ? known.capabilities() : offered;
    }

    /** Whether the client has media that it would send, by its last word. */
    boolean clientSends() {
        return clientSends;
    }

    /** Whether the client would receive, by its last word. */
    boolean clientReceives() {
        return clientReceives;
    }

    /** Whether it is agreed that the client sends. */
    boolean receiving() {
        return receiving;
    }

    /**
     * Whether a track that the client added may be on it. One that the server began without asking for media is tied to a
     * transceiver of the client's that has no track, for good: only a section that asks when it is new is tied to the
     * transceiver of an added track (RFC 9429 section 5.10).
     */
    boolean takesTracks() {
        return takesTracks;
    }

    /** Whether the server's outstanding offer asks the client to send. */
    boolean offersToReceive() {
        return offersToReceive;
    }

    @Nullable
    MediaSource source() {
        return source;
    }

    void source(@Nullable MediaSource next) {
        source = next;
    }

    /** The producer of the client's track, or null. */
    @Nullable
    Producer producer() {
        return producer;
    }

    /** What the producer was made of, or null. */
    @Nullable
    RtpParameters producing() {
        return producing;
    }

    void produce(@Nullable Producer next, @Nullable RtpParameters sent) {
        producer = next;
        producing = sent;
    }

    /** What the client sends as agreed, or null while it sends nothing. */
    @Nullable
    RtpParameters received() {
        RemoteSection known = described;
        return receiving && known != null ? known.sent() : null;
    }

    /** Takes what an offer of the client's says; the answer is still to be agreed on. */
    void describedByOffer(RemoteSection next) {
        described = next;
        clientSends = next.sends();
        clientReceives = next.receives();
        closeUnlessOpen();
    }

    /** Agrees on the answer to the client's offer. */
    LocalSection answer(RemoteSection next, boolean receives) {
        receiving = isOpen() && receives && clientSends;
        sending = isOpen() && source != null && clientReceives;
        return LocalSection.answering(next, receiving, sending ? track() : null);
    }

    /** Writes it into an offer of the server's. */
    LocalSection offer(boolean receives) {
        offersToReceive = isOpen() && receives;
        offersToSend = isOpen() && source != null;
        LocalTrack track = offersToSend ? track() : null;
        RemoteSection known = described;
        if (known != null) {
            return isOpen() ? LocalSection.offering(known, offersToReceive, track) : LocalSection.rejecting(known);
        }
        if (kind == null) {
            throw new IllegalStateException("a section of the server's own is audio or video");
        }
        takesTracks = offersToReceive;
        return LocalSection.fresh(mid, kind, offersToReceive, track, offered);
    }

    /**
     * Takes what the client answered to the server's offer. What it was not asked, it says nothing about.
     *
     * @param receive whether one more track may be received
     */
    void describedByAnswer(RemoteSection next, boolean receive) {
        described = next;
        clientSends = offersToReceive ? next.sends() : clientSends;
        clientReceives = offersToSend ? next.receives() : clientReceives;
        receiving = isOpen() && receive && offersToReceive && next.sends();
        takesTracks |= receiving;
        sending = isOpen() && offersToSend && next.receives();
        closeUnlessOpen();
    }

    private void closeUnlessOpen() {
        if (!isOpen()) {
            clientSends = false;
            clientReceives = false;
            receiving = false;
            sending = false;
            close();
        }
    }

    /**
     * Whether an offer of the server's would bring what is wanted.
     *
     * @param offering whether an offer is under way, which then counts
     * @param receive whether the client's media is wanted
     */
    boolean needsOffer(boolean offering, boolean receive) {
        if (!isOpen()) {
            return false;
        }
        boolean sendsNow = offering ? offersToSend : sending;
        boolean receivesNow = offering ? offersToReceive : receiving;
        return (source != null && clientReceives && !sendsNow) || (clientSends && receive != receivesNow);
    }

    /** Sends what its source says, as far as that was agreed on and the client can. */
    void send(RouterContents contents) {
        SendSlot stream = slot;
        MediaSource wanted = source;
        String producerId = wanted == null || !sending ? null : wanted.producerId();
        Producer next = producerId == null ? null : contents.producer(producerId);
        if (stream == null) {
            return;
        }
        if (next == null || next.kind() != kind) {
            stream.stop();
            return;
        }
        try {
            SectionSending agreed = SectionSending.of(next.consumable(), capabilities(), mid, stream.track());
            stream.send(
                    next,
                    agreed.rtpParameters(),
                    SenderNegotiation.sourcePayloadType(next, agreed.routerPayloadType()));
        } catch (NegotiationException _) {
            // The client cannot decode it: silence says so.
            stream.stop();
        }
    }

    private @Nullable LocalTrack track() {
        return slot == null ? null : slot.track();
    }

    /** Sends nothing any more. */
    void close() {
        source = null;
        if (slot != null) {
            slot.close();
        }
    }
}
