package dev.foyer.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who takes a seat, leaves it, loses its connection and comes back. Belongs to the room's loop. */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final long NEVER = TopologyPolicy.NEVER;

    private final RoomView room;
    private final Seats seats;
    private final TopologyPolicy policy;
    private final RoomMedia media;
    private final ModeSwitch modeSwitch;
    private final PlainLinks links;
    private final Streams streams;
    private final Admission admission;
    private final Mutes mutes;
    private final Roles roles;
    private final RoomLoop loop;
    private final Duration silence;
    private final Duration recoveryWindow;
    private long lastOrder;

    Membership(
            RoomView room,
            Seats seats,
            TopologyPolicy policy,
            RoomMedia media,
            ModeSwitch modeSwitch,
            PlainLinks links,
            Streams streams,
            Admission admission,
            Mutes mutes,
            Roles roles,
            RoomLoop loop,
            RoomSettings settings) {
        this.room = room;
        this.seats = seats;
        this.policy = policy;
        this.media = media;
        this.modeSwitch = modeSwitch;
        this.links = links;
        this.streams = streams;
        this.admission = admission;
        this.mutes = mutes;
        this.roles = roles;
        this.loop = loop;
        this.silence = settings.silence();
        this.recoveryWindow = settings.recoveryWindow();
    }

    /** Takes a seat, or starts afresh on the own one. */
    Participant join(String id, RoomCommand.Join join) {
        long nowNanos = loop.nowNanos();
        admission.check(id, join);
        Participant known = seats.find(id);
        Participant kept = seatKeptFor(join.userId());
        Participant ghost = known != null ? known : kept != null ? kept : makeSeat(join);
        roles.checkPlace(join.role(), ghost);
        Participant participant = new Participant(room.id(), id, join, ++lastOrder, loop.nowMillis());
        mutes.arrive(participant, join.ticket().muted());
        boolean restricted = participant.isRestricted();
        if (policy.refuses(id, join.dialect(), join.mesh(), restricted, nowNanos)) {
            throw new RoomException(RoomErrorCode.SFU_UNAVAILABLE);
        }
        if (ghost != null) {
            vacate(ghost, Departure.REPLACED);
        }
        if (kept != null && kept != ghost) {
            vacate(kept, Departure.REPLACED);
        }
        seats.put(participant);
        LOG.debug("room {}: {} joined by {}, {} there", room.id(), id, join.dialect(), seats.size());
        List<TopologyStep> steps = policy.join(id, join.dialect(), join.mesh(), restricted, nowNanos);
        introduce(participant);
        links.arrive(participant, true);
        applyAndRemove(steps, participant);
        if (seats.all().stream().filter(seat -> !seat.away).count() > 1) {
            media.prepare();
        }
        admission.seated(participant);
        mutes.seated(participant);
        if (ghost != null) {
            roles.left(ghost);
        }
        return participant;
    }

    /** The others who are present and whom a participant has been told of, as it sees them. */
    List<RoomReply.SeenPeer> peersOf(Participant reader) {
        List<RoomReply.SeenPeer> peers = new ArrayList<>();
        for (Participant other : seats.all()) {
            if (other != reader && !other.away && links.knows(reader, other)) {
                peers.add(new RoomReply.SeenPeer(other.peer(), reader.politeTowards(other)));
            }
        }
        return peers;
    }

    /** Takes a seat away; who has it is told. */
    void expel(Participant participant, RoomErrorCode why) {
        expel(participant, why, null);
    }

    /** Takes a seat away; who has it is told, with a reason of a moderator's if there is one. */
    void expel(Participant participant, RoomErrorCode why, @Nullable String reason) {
        links.dismiss(participant);
        seats.tell(participant, new RoomEvent.Removed(why, reason));
        remove(participant, Departure.removed(why));
    }

    /** Takes a seat away whose room is over. */
    void dismiss(Participant participant) {
        seats.remove(participant);
        StayLog.write(participant, Departure.ROOM_CLOSED, policy.topology(), loop.nowMillis());
    }

    /** Gives a seat up. */
    void remove(Participant participant, Departure why) {
        vacate(participant, why);
        roles.left(participant);
    }

    private void vacate(Participant participant, Departure why) {
        StayLog.write(participant, why, policy.topology(), loop.nowMillis());
        policy.leave(participant.id());
        seats.remove(participant);
        media.close(participant);
        links.leave(participant);
        streams.forget(participant);
        LOG.debug("room {}: {} left, {} there", room.id(), participant.id(), seats.size());
        if (!participant.away) {
            tellOfDeparture(participant);
        }
    }

    void suspend(Participant participant) {
        if (!participant.suspended) {
            participant.suspended = true;
            participant.suspendedAtNanos = loop.nowNanos();
        }
    }

    /** The connection is back. If the others thought that it left, each pair starts anew. */
    void comeBack(Participant participant) {
        participant.suspended = false;
        if (!participant.away) {
            links.back();
            return;
        }
        participant.away = false;
        seats.changed();
        participant.order = ++lastOrder;
        List<TopologyStep> steps = policy.join(
                participant.id(),
                participant.recipient.dialect(),
                participant.mesh,
                participant.isRestricted(),
                loop.nowNanos());
        introduce(participant);
        links.arrive(participant, false);
        if (policy.usesMesh() && participant.plain() == null) {
            remeet(participant);
        }
        media.unhush(participant);
        applyAndRemove(steps, null);
    }

    void update(Participant participant, RoomCommand.UpdatePeer update) {
        participant.update(update);
        seats.changed();
        tellAcquaintances(participant, new RoomEvent.PeerUpdated(participant.peer()));
    }

    void shareScreen(Participant participant, boolean sharing) {
        participant.shareScreen(sharing);
        tellAcquaintances(participant, new RoomEvent.ScreenShared(participant.peer(), sharing));
    }

    /** Carries steps of the policy out. */
    void applyAndRemove(List<TopologyStep> steps, @Nullable Participant newcomer) {
        Departure unserved = Departure.removed(RoomErrorCode.SFU_UNAVAILABLE);
        modeSwitch.apply(steps, newcomer).forEach(participant -> remove(participant, unserved));
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        for (Participant participant : List.copyOf(seats.all())) {
            if (!participant.suspended) {
                continue;
            }
            long lostFor = nowNanos - participant.suspendedAtNanos;
            if (lostFor >= recoveryWindow.toNanos()) {
                remove(participant, Departure.CONNECTION_LOST);
            } else if (!participant.away && lostFor >= silence.toNanos()) {
                media.hush(participant);
                participant.away = true;
                seats.changed();
                policy.leave(participant.id());
                links.away(participant);
                tellOfDeparture(participant);
            }
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        long delay = NEVER;
        for (Participant participant : seats.all()) {
            if (participant.suspended) {
                long span = participant.away ? recoveryWindow.toNanos() : silence.toNanos();
                delay = Math.min(delay, Math.max(0, span - (nowNanos - participant.suspendedAtNanos)));
            }
        }
        return delay;
    }

    /** The seat that the HTTP API keeps for a user, or null. */
    private @Nullable Participant seatKeptFor(String userId) {
        return seats.all().stream()
                .filter(seat -> seat.recipient.dialect() == Dialect.API && seat.userId.equals(userId))
                .findFirst()
                .orElse(null);
    }

    /**
     * Where there is no space, or none for the role, a user's own lost connection gives way to its new one. Returns it, or
     * null when it need not.
     */
    private @Nullable Participant makeSeat(RoomCommand.Join join) {
        boolean full = seats.size() >= room.maxParticipants();
        if (!full && roles.hasPlace(join.role(), null)) {
            return null;
        }
        return seats.all().stream()
                .filter(seat -> seat.suspended && seat.userId.equals(join.userId()))
                .filter(seat -> roles.hasPlace(join.role(), seat))
                .findFirst()
                .orElseThrow(() -> new RoomException(RoomErrorCode.ROOM_FULL));
    }

    /** Tells those of a newcomer who are not plain clients; of these each hears when it is its turn. */
    private void tellAcquaintances(Participant about, RoomEvent event) {
        for (Participant other : seats.all()) {
            if (other != about && links.knows(other, about)) {
                seats.tell(other, event);
            }
        }
    }

    private void introduce(Participant participant) {
        for (Participant other : seats.all()) {
            if (other != participant && other.plain() == null) {
                seats.tell(other, new RoomEvent.PeerJoined(participant.peer(), other.politeTowards(participant)));
            }
        }
    }

    private void tellOfDeparture(Participant participant) {
        for (Participant other : seats.all()) {
            if (other != participant && other.plain() == null) {
                seats.tell(other, new RoomEvent.PeerLeft(participant.peer()));
            }
        }
    }

    /** The others have closed their ends of the mesh; one who never noticed has to begin again as well. */
    private void remeet(Participant participant) {
        media.closeConsumers(participant);
        for (RoomReply.SeenPeer seen : peersOf(participant)) {
            seats.tell(participant, new RoomEvent.PeerLeft(seen.peer()));
            seats.tell(participant, new RoomEvent.PeerJoined(seen.peer(), seen.polite()));
        }
        media.producersFor(participant)
                .forEach(producer -> seats.tell(participant, new RoomEvent.NewProducer(producer)));
    }
}
