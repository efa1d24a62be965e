package dev.foyer.room;

import static dev.foyer.room.ParticipantRole.HOST;
import static dev.foyer.room.ParticipantRole.PARTICIPANT;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A room that knows only the SFU unless a test says otherwise, and who moderates it. */
abstract class ModeratedRoom {
    final House house = new House();

    static RoomCommand.Join as(String userId, ParticipantRole role, boolean mesh) {
        return as(userId, role, mesh, PermissionTable.of(role));
    }

    static RoomCommand.Join as(String userId, ParticipantRole role, boolean mesh, Set<Permission> permissions) {
        return new RoomCommand.Join(
                Dialect.CALL,
                userId,
                role,
                null,
                null,
                null,
                mesh ? new MeshSupport.Seamless() : new MeshSupport.None(),
                FakeMediaPlane.capabilities(),
                permissions);
    }

    RoomReply.Done does(String id, String to, Moderation action) {
        return house.ask(id, new RoomCommand.Moderate(to, action));
    }

    RoomErrorCode refused(String id, String to, Moderation action) {
        return house.refusal(id, new RoomCommand.Moderate(to, action));
    }

    RoomErrorCode refusedToJoin(String id, RoomCommand.Join join) {
        return assertThrows(RoomException.class, () -> house.join(id, join)).code();
    }

    String produce(String id, MediaKind kind) {
        return produce(id, house.connectedTransport(id, TransportDirection.SEND), kind, false);
    }

    String produce(String id, String transport, MediaKind kind, boolean paused) {
        RtpParameters parameters =
                new RtpParameters("0", List.of(), List.of(), List.of(), new RtcpParameters(null, true));
        return house.ask(id, new RoomCommand.Produce(transport, kind, parameters, Map.of(), paused))
                .producerId();
    }

    boolean forwards(String producer) {
        return !house.plane.session().pausedProducers.contains(producer);
    }

    /** A host and a guest who know only the SFU. */
    void meetInTheSfu() {
        house.join("host", as("hanna", HOST, false));
        house.join("guest", as("gus", PARTICIPANT, false));
    }
}
