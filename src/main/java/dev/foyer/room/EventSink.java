package dev.foyer.room;

/** Where rooms send what participants should hear. */
@FunctionalInterface
public interface EventSink {
    /**
     * Passes an event on. Called on the room's loop, in the order that the participant should see; returns at once and
     * does not throw. A participant whose transport is lost gets its events too: they are kept for its return.
     */
    void deliver(Recipient recipient, RoomEvent event);
}
