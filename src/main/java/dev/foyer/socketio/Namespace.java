package dev.foyer.socketio;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A set of sockets that share a name. Made by {@link SocketIoServer#of}. All methods may be called from any thread. */
public interface Namespace {
    /** Its name, beginning with a slash. */
    String name();

    /** Sets who decides about entering clients; without one everybody enters. */
    Namespace middleware(ConnectMiddleware middleware);

    /**
     * Sets who hears of a new socket, on its session's context. It is called after the client's CONNECT is answered and
     * before any of its events is delivered. A client that resumes is not announced again.
     */
    Namespace onConnection(Consumer<Socket> handler);

    /** The socket of that id, connected or suspended. */
    @Nullable
    Socket socket(String id);

    /** A live view of all sockets, connected and suspended. */
    Collection<Socket> sockets();

    /**
     * Sends one event to several sockets, encoded once. As {@link Socket#emit} for each.
     *
     * @throws IllegalArgumentException if a value is not a JSON value, or the event's name is reserved
     */
    void emitTo(Collection<? extends Socket> sockets, String event, @Nullable Object... args);

    /** As {@link #emitTo}, but lost on sockets that are suspended or behind, as {@link Socket#emitVolatile}. */
    void emitVolatileTo(Collection<? extends Socket> sockets, String event, @Nullable Object... args);
}
