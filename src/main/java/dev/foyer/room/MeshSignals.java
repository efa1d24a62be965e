package dev.foyer.room;

/** What the clients of a seamless mesh tell each other and the room about their links. Belongs to the room's loop. */
final class MeshSignals {
    private final Seats seats;
    private final TopologyPolicy policy;

    MeshSignals(Seats seats, TopologyPolicy policy) {
        this.seats = seats;
        this.policy = policy;
    }

    void pass(Participant from, RoomCommand.Signal signal) {
        Participant to = other(from, signal.to());
        policy.meshEpoch(signal.epoch())
                .ifPresent(epoch -> seats.tell(to, new RoomEvent.Signaled(from.id(), epoch, signal.payload())));
    }

    void report(Participant from, LinkReport report, long nowNanos) {
        Participant to = other(from, report.peerId());
        // A link to somebody whose connection to the server is lost too says nothing about the mesh.
        if (!to.suspended) {
            policy.link(from.id(), report, nowNanos);
        }
    }

    private Participant other(Participant participant, String id) {
        Participant other = seats.find(id);
        if (other == null || other == participant) {
            throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
        }
        return other;
    }
}
