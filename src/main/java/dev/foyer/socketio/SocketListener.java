package dev.foyer.socketio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives what happens to one {@link Socket}. Every method is called on the context of the connection that carries the
 * socket, one call at a time and never from within {@link Socket#emit} or {@link Socket#disconnect}. The context changes
 * when a client returns on another connection.
 */
@FunctionalInterface
public interface SocketListener {
    /**
     * The client emitted an event.
     *
     * @param args JSON values as in {@link Socket}, without the name; owned by the receiver
     * @param ack the client's callback, null when it passed none
     */
    void onEvent(String event, List<@Nullable Object> args, @Nullable Ack ack);

    /**
     * The client emitted an event in a well-formed packet whose JSON is deeper than 32 levels or holds a number or name
     * that is too long. Without an override it is dropped.
     *
     * @param event the event's name, empty when even that cannot be told
     */
    default void onInvalidEvent(String event, @Nullable Ack ack) {}

    /**
     * The client emitted an event above its rate; it was not and will not be delivered. Without an override it is
     * dropped.
     *
     * @param retryAfterMillis when the next event will be accepted, at least 1
     */
    default void onRateLimited(String event, @Nullable Ack ack, long retryAfterMillis) {}

    /** The transport is lost and the recovery window opens. Events that are emitted now are kept for the return. */
    default void onSuspended() {}

    /**
     * The client is back on a new transport with the same socket id.
     *
     * @param recovered true: it keeps its {@code pid} and has been sent everything that it missed. False: something is
     *     lost; the client got a new {@code pid}, considers itself freshly connected and needs a snapshot.
     */
    default void onResumed(boolean recovered) {}

    /** The socket is gone for good; nothing else is called after this. */
    default void onDisconnected(DisconnectReason reason) {}
}
