package dev.foyer.dialect.mediasoup;

import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.room.AnnouncedProducer;
import dev.foyer.room.Peer;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A room as clients see it.
 *
 * @param id the same in every dialect
 * @param rtpCapabilities for mediasoup-client's {@code Device.load}
 * @param participants everybody who is there, the receiver too once it has a seat
 * @param options as the first to make the room said
 * @param createdAt milliseconds since 1970
 */
record RoomState(
        String id,
        RtpCapabilities rtpCapabilities,
        List<ParticipantState> participants,
        RoomOptions options,
        long createdAt) {
    static RoomState of(RoomReply.Created created) {
        return new RoomState(
                created.room().id(),
                created.rtpCapabilities(),
                List.of(),
                RoomOptions.of(created.room()),
                created.room().createdAtMillis());
    }

    static RoomState of(RoomReply.Joined joined) {
        Map<String, List<AnnouncedProducer>> producers = new HashMap<>();
        for (AnnouncedProducer producer : joined.producers()) {
            producers.computeIfAbsent(producer.peerId(), _ -> new ArrayList<>()).add(producer);
        }
        List<ParticipantState> participants = new ArrayList<>();
        for (RoomReply.SeenPeer seen : joined.peers()) {
            Peer peer = seen.peer();
            participants.add(ParticipantState.of(peer, producers.getOrDefault(peer.peerId(), List.of())));
        }
        participants.add(ParticipantState.of(joined.self(), List.of()));
        return new RoomState(
                joined.room().id(),
                joined.rtpCapabilities(),
                participants,
                RoomOptions.of(joined.room()),
                joined.room().createdAtMillis());
    }

    static RoomState of(RoomReport report) {
        return new RoomState(
                report.room().id(),
                report.rtpCapabilities(),
                report.participants().stream()
                        .filter(RoomReport.Seated::present)
                        .map(seated -> ParticipantState.of(seated.peer(), seated.producers()))
                        .toList(),
                RoomOptions.of(report.room()),
                report.room().createdAtMillis());
    }
}
