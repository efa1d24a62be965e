package dev.foyer.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All connections that the server ends for one plain client, of which exactly one brings in the client's own media. It
 * stays with the one that brought it first; when that one ends another is offered to.
 */
final class Uplink {
    private static final int FIRST_OFFERS = 1;
    private static final int OFFERS = 2;

    /** A client that makes a connection to each of twenty peers at once is busy for longer than anybody waits for it. */
    private static final int NEWS = 4;

    private final Participant client;
    private final List<ServedLink> links = new ArrayList<>();
    private final Set<ServedLink> triedInVain = new HashSet<>();
    private final Deadline muteReplay = new Deadline();
    private final Deadline first = new Deadline();

    private @Nullable ServedLink carrier;

    /** The link on which the media may come in, as soon as the negotiation that runs on it is through. */
    private @Nullable ServedLink candidate;

    private @Nullable ServedLink muteLink;
    private boolean cameIn;
    private boolean established;
    private boolean firstOffered;
    private boolean mute;
    private long muteSinceNanos;
    private int muteReplays;

    Uplink(Participant client) {
        this.client = client;
    }

    void add(ServedLink link) {
        links.add(link);
    }

    void remove(ServedLink link) {
        links.remove(link);
        lost(link);
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    boolean isCarriedBy(ServedLink link) {
        return carrier == link;
    }

    /** Whether the client's media is to be received on a link that is about to be negotiated. */
    boolean claim(ServedLink link) {
        boolean claims = mayClaim(link);
        if (claims && carrier == null) {
            candidate = link;
        }
        return claims;
    }

    /** Whether {@link #claim} would say yes. */
    boolean mayClaim(ServedLink link) {
        return client.may(Permission.PUBLISH)
                && (carrier == link || (carrier == null && (candidate == null || candidate == link)));
    }

    /** A negotiation came to nothing. */
    void release(ServedLink link) {
        if (candidate == link) {
            candidate = null;
        }
    }

    /**
     * A negotiation is through.
     *
     * @param wanted whether media was to be received
     * @param receives whether any is
     */
    void negotiated(ServedLink link, boolean wanted, boolean receives, long nowNanos) {
        established = true;
        release(link);
        if (receives) {
            carrier = link;
            cameIn = true;
            triedInVain.clear();
            mute = false;
            muteReplays = 0;
            muteReplay.clear();
        } else if (wanted) {
            carrier = carrier == link ? null : carrier;
            triedInVain.add(link);
            expectMedia(link, nowNanos);
        }
    }

    /** The connection of a link is gone. */
    void lost(ServedLink link) {
        release(link);
        triedInVain.remove(link);
        if (carrier == link) {
            carrier = null;
        }
        if (muteLink == link) {
            muteLink = null;
        }
    }

    /** Whether one more offer may be made to the client now. The first is alone: it may bring the media in. */
    boolean mayOffer(long nowNanos) {
        int outstanding = 0;
        for (ServedLink link : links) {
            outstanding += link.deadlines.isOffering() ? 1 : 0;
        }
        if (!firstOffered) {
            firstOffered = true;
            first.in(LinkTiming.SLOT_NANOS, nowNanos);
        }
        boolean alone = !established && first.isSet();
        return outstanding < (alone ? FIRST_OFFERS : OFFERS);
    }

    /** Whether the client may be told of one more peer now. */
    boolean mayTell() {
        int awaited = 0;
        for (ServedLink link : links) {
            awaited += link.deadlines.isAwaited() ? 1 : 0;
        }
        return awaited < NEWS;
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        first.take(nowNanos);
        if (muteReplay.take(nowNanos)) {
            askAgain(nowNanos);
        }
        if (carrier == null && candidate == null && client.may(Permission.PUBLISH)) {
            askForMedia();
        }
    }

    long delayNanos(long nowNanos) {
        return Math.min(muteReplay.delayNanos(nowNanos), first.delayNanos(nowNanos));
    }

    private void askForMedia() {
        ServedLink best = null;
        for (ServedLink link : links) {
            if (link.isStable() && !triedInVain.contains(link) && (link.clientSends() || cameIn)) {
                best = best == null || (link.clientSends() && !best.clientSends()) ? link : best;
            }
        }
        if (best != null) {
            best.wantOffer();
        } else if (links.stream().allMatch(triedInVain::contains)) {
            cameIn = false;
        }
    }

    /** A client that looks at its camera only when it makes a connection is made to make another. */
    private void askAgain(long nowNanos) {
        if (client.suspended) {
            muteReplay.in(LinkTiming.RETRY_NANOS, nowNanos);
            return;
        }
        ServedLink link = muteLink != null ? muteLink : links.isEmpty() ? null : links.getFirst();
        muteReplays++;
        awaitNextReplay(nowNanos);
        if (link != null) {
            link.replay("media is missing", nowNanos);
            muteLink = link;
        }
    }

    private void expectMedia(ServedLink link, long nowNanos) {
        if (client.publishes() && client.offersUnasked() && !mute) {
            mute = true;
            muteSinceNanos = nowNanos;
            muteLink = link;
            awaitNextReplay(nowNanos);
        }
    }

    private void awaitNextReplay(long nowNanos) {
        if (muteReplays < LinkTiming.muteReplays()) {
            muteReplay.in(Math.max(0, LinkTiming.muteReplayNanos(muteReplays) - (nowNanos - muteSinceNanos)), nowNanos);
        }
    }
}
