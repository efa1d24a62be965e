package dev.foyer.room;

import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where each command of a participant is checked against the {@link PermissionTable} and handed to the part of the room
 * that carries it out. Belongs to the room's loop; refusals are thrown or fail the stage, as {@link RoomException}.
 */
final class RoomCommands {
    private static final RoomReply.Done DONE = new RoomReply.Done();

    private final RoomTypeSettings type;
    private final RoomView view;
    private final RoomSurroundings surroundings;
    private final RoomLoop loop;
    private final Seats seats;
    private final TopologyPolicy policy;
    private final RoomMedia media;
    private final Subscriptions subscriptions;
    private final PlainLinks links;
    private final Streams streams;
    private final MeshSignals mesh;
    private final TypeRules rules;
    private final Membership membership;
    private final Lobby lobby;
    private final Moderators moderators;

    RoomCommands(
            RoomTypeSettings type,
            RoomView view,
            RoomSurroundings surroundings,
            RoomLoop loop,
            Seats seats,
            TopologyPolicy policy,
            RoomMedia media,
            Subscriptions subscriptions,
            PlainLinks links,
            Streams streams,
            MeshSignals mesh,
            TypeRules rules,
            Membership membership,
            Lobby lobby,
            Moderators moderators) {
        this.type = type;
        this.view = view;
        this.surroundings = surroundings;
        this.loop = loop;
        this.seats = seats;
        this.policy = policy;
        this.media = media;
        this.subscriptions = subscriptions;
        this.links = links;
        this.streams = streams;
        this.mesh = mesh;
        this.rules = rules;
        this.membership = membership;
        this.lobby = lobby;
        this.moderators = moderators;
    }

    /**
     * Carries out what a participant asks for, if it may.
     *
     * @return the reply that the command's type names
     */
    CompletionStage<? extends RoomReply> carryOut(String id, RoomCommand<?> command) {
        if (command instanceof RoomCommand.Join join) {
            return CompletableFuture.completedStage(join(id, join));
        }
        Participant participant = seats.find(id);
        if (participant == null) {
            if (command instanceof RoomCommand.Negotiate) {
                surroundings.counters().crossRoomRefused();
            }
            if (command instanceof RoomCommand.Leave && lobby.leave(id)) {
                return CompletableFuture.completedStage(DONE);
            }
            throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
        }
        if (!PermissionTable.allows(command.getClass(), participant.role, participant.permissions, type)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        return switch (command) {
            case RoomCommand.Join _ -> throw new IllegalStateException("joins are carried out before");
            case RoomCommand.CreateTransport c -> media.createTransport(participant, c.direction());
            case RoomCommand.ConnectTransport c -> media.connectTransport(participant, c);
            case RoomCommand.RestartIce c -> media.restartIce(participant, c.transportId());
            case RoomCommand.Produce c -> media.produce(participant, c);
            case RoomCommand.PauseProducer c -> media.pauseProducer(participant, c.producerId());
            case RoomCommand.ResumeProducer c -> media.resumeProducer(participant, c.producerId());
            case RoomCommand.CloseProducer c -> media.closeProducer(participant, c.producerId());
            case RoomCommand.Consume c -> subscriptions.consume(participant, c);
            case RoomCommand.PauseConsumer c -> subscriptions.pauseConsumer(participant, c.consumerId());
            case RoomCommand.ResumeConsumer c -> subscriptions.resumeConsumer(participant, c.consumerId());
            case RoomCommand.CloseConsumer c -> subscriptions.closeConsumer(participant, c.consumerId());
            case RoomCommand.SetPreferredLayers c -> subscriptions.setPreferredLayers(participant, c);
            case RoomCommand.SetPriority c -> subscriptions.setPriority(participant, c);
            case RoomCommand.RequestKeyFrame c -> subscriptions.requestKeyFrame(participant, c.consumerId());
            case RoomCommand.GetStats c -> media.stats(participant, c);
            case RoomCommand.GetProducers _ ->
                CompletableFuture.completedStage(new RoomReply.Producers(media.producersFor(participant)));
            case RoomCommand.Leave _ -> done(() -> membership.remove(participant, Departure.LEFT));
            case RoomCommand.Suspend _ -> done(() -> membership.suspend(participant));
            case RoomCommand.Return _ -> done(() -> membership.comeBack(participant));
            case RoomCommand.Signal c -> done(() -> mesh.pass(participant, c));
            case RoomCommand.Negotiate c -> links.negotiate(participant, c);
            case RoomCommand.Publish c -> streams.publish(participant, c.offer());
            case RoomCommand.Subscribe c -> subscribe(participant, c);
            case RoomCommand.ModeReady c -> done(() -> policy.ready(id, c.epoch()));
            case RoomCommand.ReportLink c -> done(() -> mesh.report(participant, c.report(), loop.nowNanos()));
            case RoomCommand.RequestMode c -> done(() -> policy.request(id, c.mode() == TopologyMode.SFU));
            case RoomCommand.UpdatePeer c ->
                done(() -> {
                    membership.update(participant, c);
                    streams.changed();
                });
            case RoomCommand.ShareScreen c ->
                done(() -> {
                    membership.shareScreen(participant, c.sharing());
                    streams.changed();
                });
            case RoomCommand.Chat c -> done(() -> rules.talk().chat(participant, c.text()));
            case RoomCommand.RaiseHand c -> done(() -> rules.talk().raiseHand(participant, c.raised()));
            case RoomCommand.OfType<?> c -> rules.carryOut(participant, c);
            case RoomCommand.Moderate _, RoomCommand.LockRoom _, RoomCommand.Admit _, RoomCommand.Deny _ ->
                moderate(participant, command);
        };
    }

    /** Carries out what the server itself asks for; {@code NOT_IN_ROOM} for what takes a seat. */
    CompletionStage<? extends RoomReply> administer(RoomCommand<?> command) {
        if (!PermissionTable.allows(command.getClass(), ParticipantRole.HOST, EnumSet.allOf(Permission.class), type)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        return command instanceof RoomCommand.OfType<?> ofType ? rules.administer(ofType) : moderate(null, command);
    }

    private CompletionStage<RoomReply.Done> moderate(@Nullable Participant by, RoomCommand<?> command) {
        switch (command) {
            case RoomCommand.Moderate c -> moderators.carryOut(by, c);
            case RoomCommand.LockRoom c -> moderators.lock(c.locked());
            case RoomCommand.Admit c -> moderators.admit(c.userId());
            case RoomCommand.Deny c -> moderators.deny(c.userId());
            default -> throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
        }
        return CompletableFuture.completedStage(DONE);
    }

    private static CompletionStage<RoomReply.Done> done(Runnable action) {
        action.run();
        return CompletableFuture.completedStage(DONE);
    }

    private RoomReply.Joined join(String id, RoomCommand.Join join) {
        RoomCommand.Join seat = rules.seat(id, join);
        Participant participant = membership.join(id, seat);
        Invitation wayBack = rules.seated(participant, seat);
        return new RoomReply.Joined(
                id,
                participant.peer(),
                membership.peersOf(participant),
                policy.topology(),
                view,
                surroundings.iceServers().forUser(participant.userId),
                surroundings.mediaPlane().rtpCapabilities(),
                media.producersFor(participant),
                rules.talk().playback(),
                wayBack,
                rules.house());
    }

    private CompletionStage<RoomReply.Answered> subscribe(Participant participant, RoomCommand.Subscribe command) {
        Target of = command.of();
        return streams.subscribe(participant, command.offer(), of == null ? new Target.Others() : of);
    }
}
