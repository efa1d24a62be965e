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
    private static final RoomReply.Done DONE = new RoomReply.Done();

    private final RoomEntry entry;
    private final RoomTypeSettings type;
    private final RoomTalk talk;
    private final RoomLoop loop;
    private final Stage stage;
    private final GuestList guests;
    private final @Nullable HousePresence house;

    TypeRules(
            RoomEntry entry, RoomSurroundings surroundings, Seats seats, GuestList guests, Roles roles, RoomLoop loop) {
        this.entry = entry;
        this.type = surroundings.settings().type(entry.spec().type());
        this.talk = new RoomTalk(seats, loop);
        this.loop = loop;
        this.stage = new Stage(seats, loop, roles);
        this.guests = guests;
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

    /** The seat that somebody asks for, with the permissions that the type leaves it, or adds. */
    RoomCommand.Join seat(String id, RoomCommand.Join join) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        permissions.addAll(join.permissions());
        if (type.stage() && join.role() == ParticipantRole.VIEWER) {
            // Whatever its token grants: who watches a stage sends nothing.
            permissions.remove(Permission.PUBLISH);
        }
        if (type.byInvitation() && guests.isMaker(id, join, loop.nowNanos())) {
            // Or there might be nobody who could invite others.
            permissions.add(Permission.MODERATE);
        }
        return join.with(permissions);
    }

    /**
     * Notes that somebody has its seat.
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

    /** Carries out what a participant asks for, who may. */
    CompletionStage<? extends RoomReply> carryOut(Participant participant, RoomCommand.OfType<?> command) {
        return switch (command) {
            case RoomCommand.ReportDrift c -> answer(talk.correct(participant, c.position()));
            case RoomCommand.InviteOnStage c -> done(() -> stage.invite(participant, c.peerId()));
            case RoomCommand.StandOnStage(boolean on) ->
                done(() -> {
                    if (on) {
                        stage.enter(participant);
                    } else {
                        stage.leave(participant);
                    }
                });
            case RoomCommand.FindRoom c -> answer(find(participant, c.room()));
            case RoomCommand.SetPlayback _, RoomCommand.CreateInvitation _, RoomCommand.RevokeInvitation _ ->
                administer(command);
        };
    }

    /** Carries out what somebody without a seat may ask for, too; {@code NOT_IN_ROOM} for the rest. */
    CompletionStage<? extends RoomReply> administer(RoomCommand.OfType<?> command) {
        return switch (command) {
            case RoomCommand.SetPlayback c -> done(() -> talk.play(c));
            case RoomCommand.CreateInvitation c ->
                answer(new RoomReply.Invited(guests.invite(c, loop.nowNanos(), loop.nowMillis())));
            case RoomCommand.RevokeInvitation c -> done(() -> guests.revoke(c.secret()));
            default -> throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
        };
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

    private static CompletionStage<RoomReply.Done> done(Runnable action) {
        action.run();
        return CompletableFuture.completedStage(DONE);
    }

    private static <R extends RoomReply> CompletionStage<R> answer(R reply) {
        return CompletableFuture.completedStage(reply);
    }
}
