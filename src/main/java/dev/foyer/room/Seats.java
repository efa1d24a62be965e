package dev.foyer.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The taken seats of a room, and what is about to be said to those who sit there. Belongs to the room's loop. */
final class Seats {
    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

    private final EventSink sink;
    private final Consumer<Participant> seated;
    private final Consumer<Participant> unseated;
    private final Map<String, Participant> taken = new LinkedHashMap<>();
    private final List<Letter> outbox = new ArrayList<>();
    private int changes;

    Seats(EventSink sink) {
        this(sink, _ -> {}, _ -> {});
    }

    /**
     * @param seated told of everybody who takes a seat
     * @param unseated told of everybody whose seat is given up
     */
    Seats(EventSink sink, Consumer<Participant> seated, Consumer<Participant> unseated) {
        this.sink = sink;
        this.seated = seated;
        this.unseated = unseated;
    }

    /** Counts what changes about who is there. */
    int changes() {
        return changes;
    }

    /** Something about who is there changed. */
    void changed() {
        changes++;
    }

    void put(Participant participant) {
        changes++;
        taken.put(participant.id(), participant);
        seated.accept(participant);
    }

    void remove(Participant participant) {
        if (taken.remove(participant.id(), participant)) {
            changes++;
            unseated.accept(participant);
        }
    }

    @Nullable
    Participant find(String id) {
        return taken.get(id);
    }

    /** Whether exactly this participant still has its seat, and not one that started afresh under the same id. */
    boolean holds(Participant participant) {
        return taken.get(participant.id()) == participant;
    }

    Collection<Participant> all() {
        return Collections.unmodifiableCollection(taken.values());
    }

    int size() {
        return taken.size();
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** Keeps an event until {@link #flush}, so that a reply which is made in the same turn goes first. */
    void tell(Participant to, RoomEvent event) {
        outbox.add(new Letter(to.recipient, event));
    }

    /** The same for somebody who has no seat. */
    void write(Recipient to, RoomEvent event) {
        outbox.add(new Letter(to, event));
    }

    void tellAll(RoomEvent event) {
        taken.values().forEach(to -> tell(to, event));
    }

    void tellModerators(RoomEvent event) {
        for (Participant to : taken.values()) {
            if (to.may(Permission.MODERATE)) {
                tell(to, event);
            }
        }
    }

    void tellOthers(Participant except, RoomEvent event) {
        for (Participant to : taken.values()) {
            if (!to.id().equals(except.id())) {
                tell(to, event);
            }
        }
    }

    void flush() {
        List<Letter> letters = List.copyOf(outbox);
        outbox.clear();
        for (Letter letter : letters) {
            try {
                sink.deliver(letter.recipient, letter.event);
            } catch (RuntimeException bug) {
                LOG.error("an event for {} was not delivered", letter.recipient.participantId(), bug);
            }
        }
    }

    private record Letter(Recipient recipient, RoomEvent event) {}
}
