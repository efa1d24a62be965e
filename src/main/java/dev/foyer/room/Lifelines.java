package dev.foyer.room;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Participants that are here only as long as one media connection is: those who published or subscribed by an offer of
 * their own have no other line to the server on which they could be missed. Belongs to the room's loop.
 */
final class Lifelines {
    /** How long a connection may take to come up: as long as it may be silent later (RFC 7675, section 5.1). */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long NEVER = TopologyPolicy.NEVER;

    private final Seats seats;
    private final Consumer<Participant> remove;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /**
     * @param remove takes away the seat of somebody whose connection is gone, after it was told so
     */
    Lifelines(Seats seats, Consumer<Participant> remove) {
        this.seats = seats;
        this.remove = remove;
    }

    /** Ties a participant to a connection that is about to come up. */
    void tie(Participant participant, String connectionId, long nowNanos) {
        lines.put(connectionId, new Line(participant, nowNanos));
    }

    /** Follows a connection. One that lost consent has been silent for long already. */
    void transportState(String connectionId, TransportState state) {
        Line line = lines.get(connectionId);
        if (line == null) {
            return;
        }
        switch (state) {
            case CONNECTED -> line.up = true;
            case DISCONNECTED, FAILED, CLOSED -> cut(connectionId, line);
        }
    }

    /** Every connection is gone. */
    void sessionLost() {
        Map.copyOf(lines).forEach(this::cut);
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        lines.values().removeIf(line -> !seats.holds(line.participant));
        for (Map.Entry<String, Line> entry : List.copyOf(lines.entrySet())) {
            if (entry.getValue().delayNanos(nowNanos) == 0) {
                cut(entry.getKey(), entry.getValue());
            }
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        return lines.values().stream()
                .mapToLong(line -> line.delayNanos(nowNanos))
                .min()
                .orElse(NEVER);
    }

    private void cut(String connectionId, Line line) {
        lines.remove(connectionId);
        if (seats.holds(line.participant)) {
            seats.tell(line.participant, new RoomEvent.Removed(RoomErrorCode.TRANSPORT_NOT_FOUND));
            remove.accept(line.participant);
        }
    }

    private static final class Line {
        private final Participant participant;
        private final long sinceNanos;
        private boolean up;

        private Line(Participant participant, long sinceNanos) {
            this.participant = participant;
            this.sinceNanos = sinceNanos;
        }

        private long delayNanos(long nowNanos) {
            return up ? NEVER : Math.max(0, PATIENCE.toNanos() - (nowNanos - sinceNanos));
        }
    }
}
