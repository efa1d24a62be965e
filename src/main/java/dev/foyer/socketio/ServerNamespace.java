package dev.foyer.socketio;

import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The registry of one namespace's sockets, by public and by private id. */
final class ServerNamespace implements Namespace {
    private final String name;
    private final SocketIoOptions options;
    private final RandomIds ids;
    private final AtomicLong offsets;
    private final SocketIoCounters counters;
    private final AtomicLong ackIds = new AtomicLong();
    private final ConcurrentHashMap<String, ServerSocket> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ServerSocket> byPid = new ConcurrentHashMap<>();
    private volatile ConnectMiddleware middleware =
            _ -> CompletableFuture.completedFuture(ConnectDecision.accept(null));
    private volatile Consumer<Socket> onConnection = _ -> {};

    ServerNamespace(
            String name, SocketIoOptions options, RandomIds ids, AtomicLong offsets, SocketIoCounters counters) {
        this.name = name;
        this.options = options;
        this.ids = ids;
        this.offsets = offsets;
        this.counters = counters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Namespace middleware(ConnectMiddleware middleware) {
        this.middleware = middleware;
        return this;
    }

    ConnectMiddleware middleware() {
        return middleware;
    }

    @Override
    public Namespace onConnection(Consumer<Socket> handler) {
        onConnection = handler;
        return this;
    }

    @Override
    public @Nullable Socket socket(String id) {
        return byId.get(id);
    }

    @Override
    public Collection<Socket> sockets() {
        return Collections.unmodifiableCollection(byId.values());
    }

    Collection<ServerSocket> serverSockets() {
        return byId.values();
    }

    @Override
    public void emitTo(Collection<? extends Socket> sockets, String event, @Nullable Object... args) {
        OutboundEvent outbound = outbound(event, args);
        for (Socket socket : sockets) {
            ((ServerSocket) socket).emit(outbound);
        }
    }

    @Override
    public void emitVolatileTo(Collection<? extends Socket> sockets, String event, @Nullable Object... args) {
        OutboundEvent outbound = outbound(event, args);
        for (Socket socket : sockets) {
            ((ServerSocket) socket).emitVolatile(outbound);
        }
    }

    OutboundEvent outbound(String event, @Nullable Object[] args) {
        return new OutboundEvent(name, event, args, Long.toString(offsets.incrementAndGet(), Character.MAX_RADIX));
    }

    long nextAckId() {
        return ackIds.incrementAndGet();
    }

    SocketIoCounters counters() {
        return counters;
    }

    SocketIoOptions options() {
        return options;
    }

    /** The socket that a private id belongs to. */
    @Nullable
    ServerSocket resumable(String pid) {
        return byPid.get(pid);
    }

    /** Makes the socket of a client that was let in. In a task of its connection. */
    ServerSocket admit(
            Connection connection, Handshake handshake, ConnectDecision.Accept decision, @Nullable String offset) {
        String id = decision.socketId() == null ? ids.next() : decision.socketId();
        ServerSocket socket = new ServerSocket(this, id, ids.next(), handshake, connection, offset);
        socket.attachment(decision.attachment());
        ServerSocket before = byId.put(id, socket);
        if (before != null) {
            before.replaced();
        }
        byPid.put(socket.pid(), socket);
        return socket;
    }

    void announce(Socket socket) {
        onConnection.accept(socket);
    }

    /** Gives a socket a new private id. */
    String renewPid(ServerSocket socket) {
        byPid.remove(socket.pid(), socket);
        String pid = ids.next();
        byPid.put(pid, socket);
        return pid;
    }

    void remove(ServerSocket socket) {
        byId.remove(socket.id(), socket);
        byPid.remove(socket.pid(), socket);
    }
}
