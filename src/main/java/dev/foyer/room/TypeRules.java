package dev.foyer.room;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a room's type adds to what every room does, all of it as {@link RoomTypeSettings} say: a stage, a shared clock,
 * invitations, a house around it. Belongs to the room's loop.
 */
final class TypeRules {
    private final RoomEntry entry;
    private final RoomTypeSettings type;
    private final RoomTalk talk;
    private final RoomLoop loop;
    private final Stage stage;
    private final GuestList guests;
    private final @Nullable HousePresence house;

    TypeRules(RoomEntry entry, RoomSurroundings surroundings, Seats seats, Membership membership, RoomLoop loop) {
        this.entry = entry;
        this.type = surroundings.settings().type(entry.spec().type());
        this.talk = new RoomTalk(seats, type, loop);
        this.loop = loop;
        this.stage = new Stage(seats, loop, membership::cast);
        this.guests = new GuestList(entry, type, seats, surroundings.random());
        HousePlan plan = entry.spec().house();
        this.house = plan == null ? null : new HousePresence(entry.roomId(), plan, seats, surroundings.post());
    }

    /** What participants say and show to all. */
    RoomTalk talk() {
        return talk;
    }

    /** The room begins. */
    void open() {
        if (house != null) {
            house.open();
        }
    }

    /** The room is gone. */
    void close() {
        if (house != null) {
            house.close();
        }
    }

    /** See {@link GuestList#madeBy}. */
    void madeBy(@Nullable String id) {
        if (id != null) {
            guests.madeBy(id);
        }
    }

    /** Somebody was thrown out: what let it in lets it in no more. */
    void thrownOut(String userId) {
        guests.forget(userId);
    }

    /**
     * Lets somebody in, or throws why it may not come.
     *
     * @return its join with what the type leaves of its permissions
     */
    RoomCommand.Join admit(String id, RoomCommand.Join join) {
        guests.check(id, join, loop.nowNanos());
        return join.with(permissions(join.role(), join.permissions()));
    }

    /**
     * Notes that somebody whom {@link #admit} let in has its seat.
     *
     * @return see {@link GuestList#seated}
     */
    @Nullable
    Invitation seated(Participant participant, RoomCommand.Join join) {
        if (house != null) {
            house.seated();
        }
        return guests.seated(participant, join, loop.nowNanos());
    }

    /** The house that the room is part of, or null. */
    @Nullable
    HouseView house() {
        return house == null ? null : house.view();
    }

    /** Hears another room of the house. Returns whether the room is to close with the house. */
    boolean hear(HouseNote note) {
        if (house != null) {
            house.hear(note);
        }
        return house != null && note instanceof HouseNote.Closing;
    }

    /** Whether nobody is anywhere else for whom this room has to stay. */
    boolean isDeserted() {
        return house == null || house.isDeserted();
    }

    CompletionStage<? extends RoomReply> carryOut(Participant participant, RoomCommand.OfType<?> command) {
        return CompletableFuture.completedStage(
                switch (command) {
                    case RoomCommand.SetPlayback c -> done(() -> talk.play(participant, c));
                    case RoomCommand.ReportDrift c -> talk.correct(participant, c.position());
                    case RoomCommand.InviteOnStage c ->
                        done(() -> {
                            require(type.stage() && participant.role == ParticipantRole.HOST);
                            stage.invite(participant, c.peerId());
                        });
                    case RoomCommand.StandOnStage c ->
                        done(() -> {
                            require(type.stage());
                            if (c.on()) {
                                stage.enter(participant);
                            } else {
                                stage.leave(participant);
                            }
                        });
                    case RoomCommand.CreateInvitation c -> {
                        require(invites(participant));
                        yield new RoomReply.Invited(guests.invite(c, loop.nowNanos(), loop.nowMillis()));
                    }
                    case RoomCommand.RevokeInvitation c ->
                        done(() -> {
                            require(invites(participant));
                            guests.revoke(c.secret());
                        });
                    case RoomCommand.FindRoom c -> find(participant, c.room());
                });
    }

    void tick(long nowNanos) {
        stage.tick(nowNanos);
        if (house != null) {
            house.tick(nowNanos);
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        return house == null ? Deadline.NEVER : house.delayNanos(nowNanos);
    }

    /** Who watches a stage sends nothing, whatever else it may do. */
    private Set<Permission> permissions(ParticipantRole role, Set<Permission> asked) {
        if (!type.stage() || role != ParticipantRole.VIEWER || !asked.contains(Permission.PUBLISH)) {
            return asked;
        }
        Set<Permission> left = EnumSet.copyOf(asked);
        left.remove(Permission.PUBLISH);
        return left;
    }

    private RoomReply.Way find(Participant participant, String name) {
        HousePlan plan = entry.spec().house();
        if (house == null || plan == null || !house.has(name)) {
            throw new RoomException(RoomErrorCode.ROOM_NOT_FOUND);
        }
        if (name.equals(house.own())) {
            throw new RoomException(RoomErrorCode.INVALID_MESSAGE, "You are in that room");
        }
        RoomSpec spec = name.equals(HousePlan.LOBBY)
                ? entry.spec().in(new HousePlan(null, plan.rooms()))
                : entry.spec().around(house.lobby(), plan);
        return new RoomReply.Way(house.roomId(name), spec, participant.joinAgain(house.lobby()));
    }

    private static boolean invites(Participant participant) {
        return participant.madeTheRoom || participant.role == ParticipantRole.HOST;
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
    }

    private static RoomReply done(Runnable action) {
        action.run();
        return new RoomReply.Done();
    }
}
