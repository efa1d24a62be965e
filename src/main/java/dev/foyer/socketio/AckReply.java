package dev.foyer.socketio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of an event that asked the client for an acknowledgement. */
public sealed interface AckReply {
    /**
     * The client answered.
     *
     * @param args JSON values as in {@link Socket}; owned by the receiver
     */
    record Received(List<@Nullable Object> args) implements AckReply {}

    /** The client answered with JSON that is too deep or has numbers that are too long. */
    record Malformed() implements AckReply {}

    /** No answer came in time. */
    record TimedOut() implements AckReply {}

    /** The socket is disconnected for good, or was already. */
    record Disconnected() implements AckReply {}
}
