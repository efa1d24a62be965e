package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which transport, producer and consumer of a room. What somebody else owns does not exist for a participant.
 * Belongs to the room's loop.
 */
final class Holdings {
    private final Map<String, Transport> transports = new LinkedHashMap<>();
    private final Map<String, Producer> producers = new LinkedHashMap<>();
    private final Map<String, Consumer> consumers = new LinkedHashMap<>();

    void add(Transport transport) {
        transports.put(transport.id, transport);
    }

    void add(Producer producer) {
        producer.key = freeKey(producer);
        producers.put(producer.id, producer);
    }

    /** What is published first or again under a name takes the place of what had it before. */
    private String freeKey(Producer producer) {
        boolean screen = producer.isScreen();
        String name =
                producer.kind == MediaKind.AUDIO ? (screen ? "screen-audio" : "audio") : screen ? "screen" : "video";
        Set<String> taken = new HashSet<>();
        for (Producer other : producers.values()) {
            if (other.owner == producer.owner) {
                taken.add(other.key);
            }
        }
        String key = name;
        for (int number = 2; taken.contains(key); number++) {
            key = name + "-" + number;
        }
        return key;
    }

    void add(Consumer consumer) {
        consumers.put(consumer.id, consumer);
    }

    @Nullable
    Transport findTransport(String id) {
        return transports.get(id);
    }

    @Nullable
    Producer findProducer(String id) {
        return producers.get(id);
    }

    @Nullable
    Consumer findConsumer(String id) {
        return consumers.get(id);
    }

    Transport transport(Participant owner, String id) {
        Transport transport = transports.get(id);
        if (transport == null || transport.owner != owner) {
            throw new RoomException(RoomErrorCode.TRANSPORT_NOT_FOUND);
        }
        return transport;
    }

    Producer producer(Participant owner, String id) {
        Producer producer = producers.get(id);
        if (producer == null || producer.owner != owner) {
            throw new RoomException(RoomErrorCode.PRODUCER_NOT_FOUND);
        }
        return producer;
    }

    Consumer consumer(Participant owner, String id) {
        Consumer consumer = consumers.get(id);
        if (consumer == null || consumer.owner != owner) {
            throw new RoomException(RoomErrorCode.CONSUMER_NOT_FOUND);
        }
        return consumer;
    }

    List<Transport> transports(Predicate<Transport> wanted) {
        return transports.values().stream().filter(wanted).toList();
    }

    List<Producer> producers(Predicate<Producer> wanted) {
        return producers.values().stream().filter(wanted).toList();
    }

    List<Consumer> consumers(Predicate<Consumer> wanted) {
        return consumers.values().stream().filter(wanted).toList();
    }

    /** Forgets a producer; returns its consumers, which are forgotten too. */
    List<Consumer> remove(Producer producer) {
        producers.remove(producer.id);
        return removeConsumers(consumer -> consumer.producer == producer);
    }

    void remove(Consumer consumer) {
        consumers.remove(consumer.id);
    }

    void remove(Transport transport) {
        transports.remove(transport.id);
    }

    List<Consumer> removeConsumers(Predicate<Consumer> unwanted) {
        List<Consumer> removed = new ArrayList<>(consumers(unwanted));
        removed.forEach(this::remove);
        return removed;
    }

    boolean isEmpty() {
        return transports.isEmpty();
    }

    void clear() {
        transports.clear();
        producers.clear();
        consumers.clear();
    }

    static final class Transport {
        final String id;
        final Participant owner;

        /** Null for a connection negotiated by SDP, which has both. */
        final @Nullable TransportDirection direction;

        boolean connected;

        Transport(String id, Participant owner, @Nullable TransportDirection direction) {
            this.id = id;
            this.owner = owner;
            this.direction = direction;
        }
    }

    static final class Producer {
        final String id;
        final Participant owner;
        final Transport transport;
        final MediaKind kind;
        final Map<String, @Nullable Object> appData;

        /** Names it among what its owner publishes; see {@link dev.foyer.ortc.MediaSource}. */
        String key = "";

        /** As its owner wants it; while the owner is away or muted nothing is forwarded either way. */
        boolean paused;

        /** Whether too much is published, so that nothing of this is forwarded for now. */
        boolean limited;

        /** Until when; meaningless unless {@link #limited}. */
        long limitedUntilNanos;

        Producer(
                String id,
                Participant owner,
                Transport transport,
                MediaKind kind,
                Map<String, @Nullable Object> appData,
                boolean paused) {
            this.id = id;
            this.owner = owner;
            this.transport = transport;
            this.kind = kind;
            this.appData = appData;
            this.paused = paused;
        }

        /** Whether it shows a screen, by what the owner's client says of it. */
        boolean isScreen() {
            return appData.get("source") instanceof String source
                    && source.toLowerCase(Locale.ROOT).contains("screen");
        }

        /** Whether a moderator stopped it. */
        boolean isMuted() {
            return owner.muted.contains(kind);
        }

        boolean isLimited() {
            return limited;
        }

        /** Whether nothing of it is to be forwarded while its owner is there. */
        boolean isSilent() {
            return paused || limited || isMuted() || !owner.may(Permission.PUBLISH);
        }

        AnnouncedProducer announced() {
            return new AnnouncedProducer(id, owner.id(), owner.userId, kind, appData, isSilent());
        }
    }

    static final class Consumer {
        final String id;
        final Participant owner;
        final Transport transport;
        final Producer producer;

        Consumer(String id, Participant owner, Transport transport, Producer producer) {
            this.id = id;
            this.owner = owner;
            this.transport = transport;
            this.producer = producer;
        }
    }
}
