package dev.foyer.room;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Two participants of whom at least one has a plain client. They are connected to each other, or each plain client of
 * them to the server in the other's place.
 */
final class PlainPair {
    private final Acquaintance one;
    private final Acquaintance two;
    private final Uplink uplinkOfOne;
    private final Uplink uplinkOfTwo;
    private final LinkContext context;
    private final Deadline moving = new Deadline();

    private @Nullable RelayedPair relayed;
    private @Nullable ServedLink linkOfOne;
    private @Nullable ServedLink linkOfTwo;
    private boolean stale;

    PlainPair(Participant one, Participant two, Uplink uplinkOfOne, Uplink uplinkOfTwo, LinkContext context) {
        this.one = new Acquaintance(one, two, context.seats());
        this.two = new Acquaintance(two, one, context.seats());
        this.uplinkOfOne = uplinkOfOne;
        this.uplinkOfTwo = uplinkOfTwo;
        this.context = context;
    }

    /** What a participant of the pair knows of the other. */
    Acquaintance of(Participant client) {
        return one.client == client ? one : two;
    }

    /** Whether the two could be connected to each other. */
    boolean mayBeRelayed() {
        return one.client.plain() != null
                && two.client.plain() != null
                && one.client.recipient.dialect() == two.client.recipient.dialect();
    }

    /** Whether one of the two has lost its connection for so long that nothing is done about the pair. */
    boolean isDormant() {
        return one.client.away || two.client.away;
    }

    /**
     * Somebody comes into the room, or comes back, where the other is.
     *
     * @param byReply whether it is told by the reply to its join
     */
    void meet(Participant newcomer, boolean relay, boolean byReply, long nowNanos) {
        end();
        if (relay) {
            relay(newcomer, byReply, nowNanos);
            return;
        }
        Acquaintance its = of(newcomer);
        Acquaintance others = its == one ? two : one;
        if (others.client.plain() != null) {
            serve(others).meet(nowNanos);
        }
        if (its.client.plain() != null) {
            serve(its).meetAsNewcomer(byReply, nowNanos);
        }
    }

    /** The pair is to be connected the other way, or once more the same. */
    void move(boolean relay, long nowNanos) {
        end();
        moving.in(LinkTiming.MOVE_NANOS, nowNanos);
        if (relay) {
            relay(one.client.politeTowards(two.client) ? two.client : one.client, false, nowNanos);
            return;
        }
        for (Acquaintance acquaintance : new Acquaintance[] {one, two}) {
            if (acquaintance.client.plain() != null) {
                serve(acquaintance).meet(nowNanos);
            }
        }
    }

    /** Somebody is gone, or as good as gone: the other is told. What itself has stays until it is gone for good. */
    void leave(Participant leaver) {
        endRelayed();
        Acquaintance others = of(leaver) == one ? two : one;
        closeLink(others);
        others.part();
    }

    /** Somebody who left is gone for good, and what it has with it. */
    void forget(Participant leaver) {
        closeLink(of(leaver));
    }

    /** Ends whatever connects the two and tells those who know of the other that it left. */
    void end() {
        endRelayed();
        closeLink(one);
        closeLink(two);
        one.part();
        two.part();
        stale = false;
        moving.clear();
    }

    /** The pair's connections to the SFU are gone. */
    void sfuLost() {
        for (ServedLink link : new ServedLink[] {linkOfOne, linkOfTwo}) {
            if (link != null) {
                link.close();
                stale = true;
            }
        }
    }

    /** Whether the pair has to be moved to be as it should be. */
    boolean isElsewhere(boolean relay) {
        return stale || relay != (relayed != null);
    }

    /** Whether the two are to connect to each other and neither begins. */
    boolean isSilent() {
        return relayed != null && relayed.isSilent();
    }

    /** Whether it is being moved now, so that others have to wait. */
    boolean isMoving(long nowNanos) {
        if (moving.isSet() && (isConnected() || moving.delayNanos(nowNanos) == 0)) {
            moving.clear();
        }
        return moving.isSet();
    }

    CompletionStage<RoomReply.Done> signal(Participant from, PeerSignal signal, long nowNanos) {
        RelayedPair pair = relayed;
        ServedLink link = link(of(from));
        if (isDormant() || (pair == null && link == null)) {
            context.post().drop(from, of(from).peer, signal);
        } else if (pair != null) {
            pair.signal(from, signal, nowNanos);
        } else if (link != null) {
            return link.signal(signal, nowNanos);
        }
        return CompletableFuture.completedStage(new RoomReply.Done());
    }

    void sourcesChanged(Participant owner) {
        ServedLink link = link(of(owner) == one ? two : one);
        if (link != null) {
            link.sourcesChanged();
        }
    }

    /** What a participant may send or receive changed. One who may not send any more connects anew, without its media. */
    void permissionsChanged(Participant changed) {
        sourcesChanged(changed);
        ServedLink link = link(of(changed));
        if (link != null) {
            link.sourcesChanged();
            Uplink uplink = of(changed) == one ? uplinkOfOne : uplinkOfTwo;
            stale |= uplink.isCarriedBy(link) && !changed.may(Permission.PUBLISH);
        }
    }

    /** The link that has a connection to the SFU, or null. */
    @Nullable
    ServedLink linkWith(String transportId) {
        if (linkOfOne != null && linkOfOne.has(transportId)) {
            return linkOfOne;
        }
        return linkOfTwo != null && linkOfTwo.has(transportId) ? linkOfTwo : null;
    }

    void tick(long nowNanos) {
        if (isDormant()) {
            return;
        }
        if (relayed != null) {
            relayed.tick(nowNanos);
        }
        if (linkOfOne != null) {
            linkOfOne.tick(nowNanos);
        }
        if (linkOfTwo != null) {
            linkOfTwo.tick(nowNanos);
        }
    }

    long delayNanos(long nowNanos) {
        if (isDormant()) {
            return Deadline.NEVER;
        }
        long delay = moving.delayNanos(nowNanos);
        delay = relayed == null ? delay : Math.min(delay, relayed.delayNanos(nowNanos));
        delay = linkOfOne == null ? delay : Math.min(delay, linkOfOne.delayNanos(nowNanos));
        return linkOfTwo == null ? delay : Math.min(delay, linkOfTwo.delayNanos(nowNanos));
    }

    private boolean isConnected() {
        return relayed != null
                ? relayed.isAnswered()
                : (linkOfOne == null || linkOfOne.isNegotiated()) && (linkOfTwo == null || linkOfTwo.isNegotiated());
    }

    private void relay(Participant later, boolean byReply, long nowNanos) {
        RelayedPair pair = new RelayedPair(one, two, context.post());
        relayed = pair;
        pair.begin(later, byReply, nowNanos);
    }

    private ServedLink serve(Acquaintance acquaintance) {
        Uplink uplink = acquaintance == one ? uplinkOfOne : uplinkOfTwo;
        ServedLink link = new ServedLink(acquaintance, uplink, context);
        uplink.add(link);
        if (acquaintance == one) {
            linkOfOne = link;
        } else {
            linkOfTwo = link;
        }
        return link;
    }

    private @Nullable ServedLink link(Acquaintance acquaintance) {
        return acquaintance == one ? linkOfOne : linkOfTwo;
    }

    private void endRelayed() {
        if (relayed != null) {
            relayed.end();
            relayed = null;
        }
    }

    private void closeLink(Acquaintance acquaintance) {
        ServedLink link = link(acquaintance);
        if (link == null) {
            return;
        }
        link.close();
        if (acquaintance == one) {
            uplinkOfOne.remove(link);
            linkOfOne = null;
        } else {
            uplinkOfTwo.remove(link);
            linkOfTwo = null;
        }
    }
}
