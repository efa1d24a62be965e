package dev.foyer.dialect.mediasoup;

import dev.foyer.room.AnnouncedProducer;
import dev.foyer.room.Peer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A participant as clients see it.
 *
 * @param id who it is; one who joined twice is there twice
 * @param data what it says about itself; of one who speaks another dialect, its {@code name}
 * @param joinedAt when it took its seat, milliseconds since 1970
 * @param producers what it publishes; null where only the participant is announced
 */
record ParticipantState(
        String id,
        Map<String, @Nullable Object> data,
        long joinedAt,
        @Nullable List<ProducerState> producers) {
    /** Without what it publishes. */
    static ParticipantState of(Peer peer) {
        return new ParticipantState(peer.userId(), dataOf(peer), peer.joinedAtMillis(), null);
    }

    /** With what it publishes. */
    static ParticipantState of(Peer peer, List<AnnouncedProducer> producers) {
        return new ParticipantState(
                peer.userId(),
                dataOf(peer),
                peer.joinedAtMillis(),
                producers.stream().map(ProducerState::belowItsParticipant).toList());
    }

    /** What of a participant's data is its name for those who speak another dialect; null when nothing is. */
    static @Nullable String nameIn(Map<String, @Nullable Object> data) {
        return data.get("name") instanceof String name
                        && !name.isBlank()
                        && name.length() <= ClientMessages.MAX_ID
                        && name.chars().noneMatch(Character::isISOControl)
                ? name
                : null;
    }

    private static Map<String, @Nullable Object> dataOf(Peer peer) {
        if (peer.data() != null) {
            return peer.data();
        }
        return Map.of("name", peer.displayName() == null ? peer.userId() : peer.displayName());
    }
}
