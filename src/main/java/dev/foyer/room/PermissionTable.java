package dev.foyer.room;

import static java.util.Map.entry;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may give which command to a room: one row for each, and nothing about it anywhere else. A row says nothing of what
 * the command is about: whether a transport is one's own, or how many one may have, is for who carries it out.
 */
public final class PermissionTable {
    private static final Set<ParticipantRole> ANYBODY = EnumSet.allOf(ParticipantRole.class);

    private static final Row FREE = new Row(Need.NOTHING, ANYBODY, _ -> true);
    private static final Row SENDER = needs(Need.PUBLISH);
    private static final Row RECEIVER = needs(Need.SUBSCRIBE);
    private static final Row SENDER_OR_RECEIVER = needs(Need.EITHER);
    private static final Row MODERATOR = needs(Need.MODERATE);

    /** In a mesh nobody could keep one who may only send from receiving, nor the other way round. */
    private static final Row SENDER_AND_RECEIVER = needs(Need.BOTH);

    private static final Map<Class<?>, Row> TABLE = Map.ofEntries(
            // Whether a seat is free, and for whom, is for Admission.
            entry(RoomCommand.Join.class, FREE),
            entry(RoomCommand.Leave.class, FREE),
            entry(RoomCommand.Suspend.class, FREE),
            entry(RoomCommand.Return.class, FREE),
            entry(RoomCommand.CreateTransport.class, SENDER_OR_RECEIVER),
            entry(RoomCommand.ConnectTransport.class, SENDER_OR_RECEIVER),
            entry(RoomCommand.RestartIce.class, SENDER_OR_RECEIVER),
            entry(RoomCommand.GetStats.class, SENDER_OR_RECEIVER),
            entry(RoomCommand.Produce.class, SENDER),
            entry(RoomCommand.ResumeProducer.class, SENDER),
            // Who may send no longer may still say that it does not.
            entry(RoomCommand.PauseProducer.class, FREE),
            entry(RoomCommand.CloseProducer.class, FREE),
            entry(RoomCommand.GetProducers.class, FREE),
            entry(RoomCommand.Consume.class, RECEIVER),
            entry(RoomCommand.ResumeConsumer.class, RECEIVER),
            entry(RoomCommand.SetPreferredLayers.class, RECEIVER),
            entry(RoomCommand.SetPriority.class, RECEIVER),
            entry(RoomCommand.RequestKeyFrame.class, RECEIVER),
            entry(RoomCommand.PauseConsumer.class, FREE),
            entry(RoomCommand.CloseConsumer.class, FREE),
            entry(RoomCommand.Signal.class, SENDER_AND_RECEIVER),
            entry(RoomCommand.Negotiate.class, SENDER_OR_RECEIVER),
            entry(RoomCommand.Publish.class, SENDER),
            entry(RoomCommand.Subscribe.class, RECEIVER),
            entry(RoomCommand.ModeReady.class, FREE),
            entry(RoomCommand.ReportLink.class, SENDER_OR_RECEIVER),
            entry(RoomCommand.RequestMode.class, SENDER_OR_RECEIVER),
            entry(RoomCommand.UpdatePeer.class, FREE),
            entry(RoomCommand.ShareScreen.class, SENDER),
            entry(RoomCommand.Chat.class, FREE),
            entry(RoomCommand.RaiseHand.class, FREE),
            entry(
                    RoomCommand.SetPlayback.class,
                    new Row(Need.NOTHING, EnumSet.of(ParticipantRole.HOST), RoomTypeSettings::playback)),
            entry(RoomCommand.ReportDrift.class, new Row(Need.NOTHING, ANYBODY, RoomTypeSettings::playback)),
            entry(RoomCommand.InviteOnStage.class, new Row(Need.MODERATE, ANYBODY, RoomTypeSettings::stage)),
            entry(RoomCommand.StandOnStage.class, new Row(Need.NOTHING, ANYBODY, RoomTypeSettings::stage)),
            entry(RoomCommand.CreateInvitation.class, new Row(Need.MODERATE, ANYBODY, RoomTypeSettings::byInvitation)),
            entry(RoomCommand.RevokeInvitation.class, new Row(Need.MODERATE, ANYBODY, RoomTypeSettings::byInvitation)),
            // Whether there is such a room is for the house.
            entry(RoomCommand.FindRoom.class, FREE),
            entry(RoomCommand.Moderate.class, MODERATOR),
            entry(RoomCommand.LockRoom.class, MODERATOR),
            entry(RoomCommand.Admit.class, MODERATOR),
            entry(RoomCommand.Deny.class, MODERATOR));

    private PermissionTable() {}

    /**
     * Whether somebody may give a command.
     *
     * @param command its type
     * @param role what who gives it is in the room
     * @param permissions what who gives it was granted
     * @param room what rooms of the type have in common
     * @throws IllegalArgumentException for a command without a row
     */
    public static boolean allows(
            Class<?> command, ParticipantRole role, Set<Permission> permissions, RoomTypeSettings room) {
        Row row = TABLE.get(command);
        if (row == null) {
            throw new IllegalArgumentException("no row for " + command);
        }
        return row.roles.contains(role)
                && row.room.test(room)
                && (permissions.contains(Permission.ADMIN) || row.need.isMetBy(permissions));
    }

    /** What a role may do when nobody has granted anything else. */
    public static Set<Permission> of(ParticipantRole role) {
        return switch (role) {
            case HOST -> EnumSet.of(Permission.PUBLISH, Permission.SUBSCRIBE, Permission.MODERATE, Permission.RECORD);
            case PARTICIPANT -> EnumSet.of(Permission.PUBLISH, Permission.SUBSCRIBE);
            case VIEWER -> EnumSet.of(Permission.SUBSCRIBE);
        };
    }

    private static Row needs(Need need) {
        return new Row(need, ANYBODY, _ -> true);
    }

    private record Row(Need need, Set<ParticipantRole> roles, Predicate<RoomTypeSettings> room) {}

    private enum Need {
        NOTHING,
        PUBLISH,
        SUBSCRIBE,
        EITHER,
        BOTH,
        MODERATE;

        private boolean isMetBy(Set<Permission> granted) {
            boolean publish = granted.contains(Permission.PUBLISH);
            boolean subscribe = granted.contains(Permission.SUBSCRIBE);
            return switch (this) {
                case NOTHING -> true;
                case PUBLISH -> publish;
                case SUBSCRIBE -> subscribe;
                case EITHER -> publish || subscribe;
                case BOTH -> publish && subscribe;
                case MODERATE -> granted.contains(Permission.MODERATE);
            };
        }
    }
}
