package dev.foyer.dialect;

import dev.foyer.room.Dialect;
import dev.foyer.room.EventSink;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomEvent;
import java.util.EnumMap;
import java.util.Map;

/**
 * Hands each room event to the adapter of its recipient's dialect. Rooms are given this one before the adapters exist,
 * because adapters are given the rooms.
 */
public final class EventRouter implements EventSink {
    private volatile Map<Dialect, EventSink> sinks = Map.of();

    /** Sets who hears the events for participants of a dialect. Call it before the first of them joins. */
    public synchronized void route(Dialect dialect, EventSink sink) {
        Map<Dialect, EventSink> changed = new EnumMap<>(Dialect.class);
        changed.putAll(sinks);
        changed.put(dialect, sink);
        sinks = changed;
    }

    @Override
    public void deliver(Recipient recipient, RoomEvent event) {
        EventSink sink = sinks.get(recipient.dialect());
        if (sink != null) {
            sink.deliver(recipient, event);
        }
    }
}
