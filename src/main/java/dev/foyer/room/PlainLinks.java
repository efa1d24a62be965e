package dev.foyer.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The connections of plain clients: one for each other participant, to its client or to the server in its place. Sees to it
 * that each pair is connected as the room's topology wants, moving those that are not, a few at a time. Belongs to the
 * room's loop.
 */
final class PlainLinks {
    private static final int MOVED_AT_A_TIME = 2;

    /** How many of the names of those who left last are remembered. */
    private static final int DEPARTED = 64;

    private final Seats seats;
    private final TopologyPolicy policy;
    private final SfuSession session;
    private final RoomLoop loop;
    private final LinkContext context;

    /** Each pair under both of its participants. */
    private final Map<Participant, Map<Participant, PlainPair>> pairs = new LinkedHashMap<>();

    private final Set<PlainPair> all = new LinkedHashSet<>();
    private final Map<Participant, Uplink> uplinks = new LinkedHashMap<>();
    private final SequencedSet<Target> departed = new LinkedHashSet<>();
    private final Deadline reopen = new Deadline();
    private boolean touched;
    private long topologySeen;

    PlainLinks(
            Seats seats,
            TopologyPolicy policy,
            SfuSession session,
            Connections connections,
            SourcePlan sources,
            SignalPost post,
            RoomLoop loop) {
        this.seats = seats;
        this.policy = policy;
        this.session = session;
        this.loop = loop;
        this.context = new LinkContext(seats, post, connections, sources, loop, () -> touched = true);
    }

    /**
     * Somebody took a seat or is back from a long absence. Plain clients are told of it, and it of the others if it is one.
     *
     * @param byReply whether it is told of those of whom it need not wait by the reply to its join
     */
    void arrive(Participant newcomer, boolean byReply) {
        touched = true;
        departed.remove(new Target.Peer(newcomer.id()));
        departed.remove(new Target.User(newcomer.userId));
        for (Participant other : seats.all()) {
            if (other != newcomer && !other.away && (newcomer.plain() != null || other.plain() != null)) {
                PlainPair pair = pairOf(newcomer, other);
                pair.meet(newcomer, relays(pair), byReply, loop.nowNanos());
            }
        }
    }

    /** Somebody was away for long enough that the others are told. What itself has is kept. */
    void away(Participant participant) {
        touched = true;
        pairsOf(participant).forEach(pair -> pair.leave(participant));
    }

    /** Somebody has its connection to the server back before the others were told that it was lost. */
    void back() {
        touched = true;
    }

    /** Somebody gave its seat up. */
    void leave(Participant participant) {
        touched = true;
        for (PlainPair pair : pairsOf(participant)) {
            Participant other = pair.of(participant).peer;
            pair.leave(participant);
            pair.forget(participant);
            all.remove(pair);
            remove(participant, other);
            remove(other, participant);
        }
        uplinks.remove(participant);
        departed.add(new Target.Peer(participant.id()));
        departed.add(new Target.User(participant.userId));
        while (departed.size() > DEPARTED) {
            departed.removeFirst();
        }
    }

    /** A plain client is about to lose its seat: it closes its connections to those of whom it hears that they left. */
    void dismiss(Participant client) {
        pairsOf(client).forEach(pair -> pair.of(client).part());
    }

    /** Whether a participant has been told of another. */
    boolean knows(Participant reader, Participant other) {
        PlainPair pair = find(reader, other);
        return reader.plain() == null || (pair != null && pair.of(reader).knows());
    }

    /** What a participant publishes changed. */
    void sourcesChanged(Participant owner) {
        touched = true;
        pairsOf(owner).forEach(pair -> pair.sourcesChanged(owner));
    }

    /** What a participant may send or receive changed. */
    void permissionsChanged(Participant participant) {
        touched = true;
        pairsOf(participant).forEach(pair -> pair.permissionsChanged(participant));
    }

    /** All connections to the SFU are gone. */
    void sfuLost() {
        touched = true;
        all.forEach(PlainPair::sfuLost);
    }

    /** The state of a transport changed. */
    void transportState(String transportId, Participant owner, TransportState state) {
        for (PlainPair pair : pairsOf(owner)) {
            ServedLink link = pair.linkWith(transportId);
            if (link != null) {
                touched = true;
                switch (state) {
                    case CONNECTED -> link.connected(loop.nowNanos());
                    case DISCONNECTED -> link.disconnected(loop.nowNanos());
                    case FAILED, CLOSED -> link.died(loop.nowNanos());
                }
            }
        }
    }

    /** Carries out what a plain client tells others; refusals fail the stage or are thrown. */
    CompletionStage<RoomReply.Done> negotiate(Participant from, RoomCommand.Negotiate command) {
        if (from.plain() == null) {
            throw new RoomException(RoomErrorCode.INVALID_MESSAGE);
        }
        if (command.signal() instanceof PeerSignal.Candidate && departed.contains(command.to())) {
            // Candidates trickle on until the client has heard that nobody is there any more.
            return CompletableFuture.completedStage(new RoomReply.Done());
        }
        touched = true;
        CompletionStage<RoomReply.Done> done = CompletableFuture.completedStage(new RoomReply.Done());
        for (Participant to : Targets.of(seats, from, command.to())) {
            PlainPair pair = find(from, to);
            if (pair != null) {
                CompletionStage<RoomReply.Done> next = pair.signal(from, command.signal(), loop.nowNanos());
                done = done.thenCombine(next, (_, reply) -> reply);
            }
        }
        return done;
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        long topology = policy.topology().epoch();
        if (!touched && topology == topologySeen && delayNanos(nowNanos) > 0) {
            return;
        }
        topologySeen = topology;
        touched = false;
        uplinks.values().forEach(uplink -> uplink.tick(nowNanos));
        all.forEach(pair -> pair.tick(nowNanos));
        reopen.take(nowNanos);
        move(nowNanos);
        if (all.stream().anyMatch(PlainPair::isSilent) && !policy.isMeshFailed()) {
            policy.meshFailed();
            touched = true;
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        if (touched) {
            return 0;
        }
        long delay = reopen.delayNanos(nowNanos);
        for (Uplink uplink : uplinks.values()) {
            delay = Math.min(delay, uplink.delayNanos(nowNanos));
        }
        for (PlainPair pair : all) {
            delay = Math.min(delay, pair.delayNanos(nowNanos));
        }
        return delay;
    }

    private void move(long nowNanos) {
        List<PlainPair> elsewhere = new ArrayList<>();
        int moving = 0;
        for (PlainPair pair : all) {
            if (pair.isMoving(nowNanos)) {
                moving++;
            } else if (!pair.isDormant() && pair.isElsewhere(relays(pair))) {
                elsewhere.add(pair);
            }
        }
        for (PlainPair pair : elsewhere) {
            if (moving == MOVED_AT_A_TIME || (!relays(pair) && !isSfuThere(nowNanos))) {
                return;
            }
            pair.move(relays(pair), nowNanos);
            moving++;
        }
    }

    private boolean isSfuThere(long nowNanos) {
        if (session.isOpen()) {
            reopen.clear();
            return true;
        }
        if (!reopen.isSet()) {
            reopen.in(LinkTiming.RETRY_NANOS, nowNanos);
            session.open();
        }
        return false;
    }

    private boolean relays(PlainPair pair) {
        return pair.mayBeRelayed() && policy.topology().mode() == TopologyMode.P2P;
    }

    private PlainPair pairOf(Participant one, Participant other) {
        PlainPair known = find(one, other);
        if (known != null) {
            return known;
        }
        PlainPair pair = new PlainPair(one, other, uplinkOf(one), uplinkOf(other), context);
        all.add(pair);
        pairs.computeIfAbsent(one, _ -> new LinkedHashMap<>()).put(other, pair);
        pairs.computeIfAbsent(other, _ -> new LinkedHashMap<>()).put(one, pair);
        return pair;
    }

    private Uplink uplinkOf(Participant client) {
        return uplinks.computeIfAbsent(client, Uplink::new);
    }

    private @Nullable PlainPair find(Participant one, Participant other) {
        Map<Participant, PlainPair> known = pairs.get(one);
        return known == null ? null : known.get(other);
    }

    private List<PlainPair> pairsOf(Participant participant) {
        Map<Participant, PlainPair> known = pairs.get(participant);
        return known == null ? List.of() : List.copyOf(known.values());
    }

    private void remove(Participant one, Participant other) {
        Map<Participant, PlainPair> known = pairs.get(one);
        if (known != null) {
            known.remove(other);
            if (known.isEmpty()) {
                pairs.remove(one);
            }
        }
    }
}
