package dev.foyer.dialect.mediasoup;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.room.AnnouncedProducer;
import dev.foyer.room.Peer;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomReport;
import dev.foyer.room.RoomSummary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the HTTP API shows of rooms and participants. */
final class ApiMessages {
    private ApiMessages() {}

    /** The answer to a room's creation. */
    record CreatedRoom(String id, RtpCapabilities rtpCapabilities, RoomOptions options, long createdAt) {
        static CreatedRoom of(RoomReply.Created created) {
            return new CreatedRoom(
                    created.room().id(),
                    created.rtpCapabilities(),
                    RoomOptions.of(created.room()),
                    created.room().createdAtMillis());
        }
    }

    /**
     * A room in a list.
     *
     * @param participants seats taken
     * @param createdAt milliseconds since 1970
     * @param uptime milliseconds since then
     */
    record ListedRoom(
            String id,
            int participants,
            int maxParticipants,
            long createdAt,
            long uptime,
            Recording recording,
            Counts stats) {
        static ListedRoom of(RoomSummary summary, RoomReport report, long nowMillis) {
            return new ListedRoom(
                    summary.room().id(),
                    report.participants().size(),
                    summary.room().maxParticipants(),
                    summary.createdAtMillis(),
                    Math.max(0, nowMillis - summary.createdAtMillis()),
                    new Recording(false),
                    Counts.of(report));
        }
    }

    /** Whether a room is recorded now. */
    record Recording(boolean isRecording) {}

    /** How much media runs through the SFU. */
    record Counts(int audioProducers, int videoProducers, int audioConsumers, int videoConsumers) {
        static Counts of(RoomReport report) {
            int audioProducers = 0;
            int videoProducers = 0;
            int audioConsumers = 0;
            int videoConsumers = 0;
            for (RoomReport.Seated seated : report.participants()) {
                for (AnnouncedProducer producer : seated.producers()) {
                    if (producer.kind() == MediaKind.AUDIO) {
                        audioProducers++;
                    } else {
                        videoProducers++;
                    }
                }
                for (RoomReport.Consumed consumer : seated.consumers()) {
                    if (consumer.kind() == MediaKind.AUDIO) {
                        audioConsumers++;
                    } else {
                        videoConsumers++;
                    }
                }
            }
            return new Counts(audioProducers, videoProducers, audioConsumers, videoConsumers);
        }
    }

    /** A room by itself. */
    record ShownRoom(
            String id,
            RtpCapabilities rtpCapabilities,
            List<ParticipantState> participants,
            RoomOptions options,
            long createdAt,
            Counts stats) {
        static ShownRoom of(RoomReport report) {
            return new ShownRoom(
                    report.room().id(),
                    report.rtpCapabilities(),
                    report.participants().stream()
                            .map(seated -> ParticipantState.of(seated.peer()))
                            .toList(),
                    RoomOptions.of(report.room()),
                    report.room().createdAtMillis(),
                    Counts.of(report));
        }
    }

    /** A participant who was added. */
    record AddedParticipant(String id, String roomId, Map<String, @Nullable Object> data, long joinedAt) {
        static AddedParticipant of(String roomId, Peer peer) {
            ParticipantState state = ParticipantState.of(peer);
            return new AddedParticipant(state.id(), roomId, state.data(), state.joinedAt());
        }
    }

    /** A participant in a list. */
    record ListedParticipant(String id, Map<String, @Nullable Object> data, long joinedAt, Held stats) {
        static ListedParticipant of(RoomReport.Seated seated) {
            ParticipantState state = ParticipantState.of(seated.peer());
            return new ListedParticipant(state.id(), state.data(), state.joinedAt(), Held.of(seated));
        }
    }

    /**
     * What a participant sends to and receives from the SFU, by ids. Of several producers of one kind the latest stands for
     * all.
     */
    record Held(
            @Nullable String audioProducer,
            @Nullable String videoProducer,
            List<String> audioConsumers,
            List<String> videoConsumers) {
        static Held of(RoomReport.Seated seated) {
            return new Held(
                    latest(seated, MediaKind.AUDIO),
                    latest(seated, MediaKind.VIDEO),
                    consumers(seated, MediaKind.AUDIO),
                    consumers(seated, MediaKind.VIDEO));
        }

        private static @Nullable String latest(RoomReport.Seated seated, MediaKind kind) {
            String latest = null;
            for (AnnouncedProducer producer : seated.producers()) {
                if (producer.kind() == kind) {
                    latest = producer.producerId();
                }
            }
            return latest;
        }

        private static List<String> consumers(RoomReport.Seated seated, MediaKind kind) {
            return seated.consumers().stream()
                    .filter(consumer -> consumer.kind() == kind)
                    .map(RoomReport.Consumed::consumerId)
                    .toList();
        }
    }
}
