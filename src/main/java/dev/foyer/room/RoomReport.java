package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room as those who run the server see it.
 *
 * @param room the room
 * @param topology where media runs, or is about to
 * @param rtpCapabilities what the SFU can receive
 * @param participants everybody who has a seat, in the order in which they came
 * @param waiting everybody in the lobby, longest first
 */
public record RoomReport(
        RoomView room,
        Topology topology,
        RtpCapabilities rtpCapabilities,
        List<Seated> participants,
        List<Waiting> waiting) {
    public RoomReport {
        participants = List.copyOf(participants);
        waiting = List.copyOf(waiting);
    }

    static RoomReport of(
            RoomView room,
            Topology topology,
            RtpCapabilities rtpCapabilities,
            Seats seats,
            Holdings held,
            Lobby lobby) {
        Map<Participant, List<AnnouncedProducer>> producers = new HashMap<>();
        held.producers(_ -> true)
                .forEach(producer -> producers
                        .computeIfAbsent(producer.owner, _ -> new ArrayList<>())
                        .add(producer.announced()));
        Map<Participant, List<Consumed>> consumers = new HashMap<>();
        held.consumers(_ -> true)
                .forEach(consumer -> consumers
                        .computeIfAbsent(consumer.owner, _ -> new ArrayList<>())
                        .add(new Consumed(consumer.id, consumer.producer.kind)));
        List<Seated> seated = new ArrayList<>();
        for (Participant participant : seats.all()) {
            seated.add(new Seated(
                    participant.peer(),
                    !participant.away,
                    producers.getOrDefault(participant, List.of()),
                    consumers.getOrDefault(participant, List.of())));
        }
        return new RoomReport(room, topology, rtpCapabilities, seated, lobby.waiting());
    }

    /**
     * Somebody who has a seat.
     *
     * @param peer who
     * @param present whether it is there for the others, and not away with a lost connection
     * @param producers what it publishes through the SFU
     * @param consumers what it receives from the SFU
     */
    public record Seated(Peer peer, boolean present, List<AnnouncedProducer> producers, List<Consumed> consumers) {
        public Seated {
            producers = List.copyOf(producers);
            consumers = List.copyOf(consumers);
        }
    }

    /** Somebody who asks to be let in. */
    public record Waiting(String userId, @Nullable String displayName) {}

    /** A consumer of somebody's. */
    public record Consumed(String consumerId, MediaKind kind) {}
}
