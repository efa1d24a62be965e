package dev.foyer.dialect.mediasoup;

import dev.foyer.ortc.MediaKind;
import dev.foyer.room.AnnouncedProducer;
import org.jspecify.annotations.Nullable;

/**
 * A producer as clients see it.
 *
 * @param id to consume it by
 * @param kind audio or video
 * @param participantId whose it is; null where it stands below its participant
 */
record ProducerState(String id, MediaKind kind, @Nullable String participantId) {
    static ProducerState of(AnnouncedProducer producer) {
        return new ProducerState(producer.producerId(), producer.kind(), producer.userId());
    }

    static ProducerState belowItsParticipant(AnnouncedProducer producer) {
        return new ProducerState(producer.producerId(), producer.kind(), null);
    }
}
