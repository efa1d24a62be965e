package dev.foyer.socketio;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one {@link Namespace}. It outlives its transport: a client that loses the connection and returns within
 * the recovery window has the same {@code Socket}.
 *
 * <p>JSON values, in and out, are {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Number},
 * {@code Boolean}, {@code null}, and {@code byte[]} for binary attachments. Outgoing maps may also be any {@code Map}
 * with string keys, lists any {@code Collection}, and {@code CharSequence}, {@code Enum} (its {@code toString}) and
 * {@code java.nio.ByteBuffer} are understood. Incoming numbers are {@code Integer}, {@code Long},
 * {@code java.math.BigInteger} or {@code Double}.
 *
 * <p>All methods may be called from any thread. Calls of one thread take effect in their order.
 */
public interface Socket {
    /** The public id that other clients may know. */
    String id();

    /** The private session id: whoever knows it can resume this socket, here or on another node. Changes on a return with {@code recovered} false. */
    String pid();

    /** The namespace that this socket is in. */
    Namespace namespace();

    /** The handshake of the first connection. */
    Handshake handshake();

    /** Where the socket is in its life, as of now. */
    SocketState state();

    /** Sets who hears of this socket. Set it in {@link Namespace#onConnection}, before the first event can arrive. */
    void listener(SocketListener listener);

    /** What the application keeps with the socket. */
    @Nullable
    Object attachment();

    /** Replaces {@link #attachment}. */
    void attachment(@Nullable Object attachment);

    /**
     * Sends an event. While the socket is suspended it is kept for the client's return; once it is disconnected this
     * does nothing.
     *
     * @param args JSON values; encoded before this returns, so that the caller may change them afterwards
     * @throws IllegalArgumentException if a value is not a JSON value, or the event's name is reserved
     */
    void emit(String event, @Nullable Object... args);

    /** Sends an event that may be lost: dropped while the socket is suspended or its reader is behind. */
    void emitVolatile(String event, @Nullable Object... args);

    /**
     * Sends an event and waits for the client's acknowledgement.
     *
     * @param timeout from now, positive; runs on while the socket is suspended
     * @param reply called exactly once, on the session's context
     */
    void emitWithAck(Duration timeout, Consumer<AckReply> reply, String event, @Nullable Object... args);

    /**
     * Ends the socket for good with {@link DisconnectReason#SERVER}. What was emitted before is still sent.
     *
     * @param close whether to end the whole connection, with this client's sockets in other namespaces
     */
    void disconnect(boolean close);

    /** Drops the connection at once, as a lost transport: the socket is suspended and the client may return. */
    void closeTransport();

    /**
     * Raises this socket's event limits.
     *
     * @param extraBurst events that a burst may have above that of {@link LimitOptions#events}; 0 or more
     */
    void allowance(int extraBurst);
}
