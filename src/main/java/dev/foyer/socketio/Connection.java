package dev.foyer.socketio;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: decodes its packets and hands them to the sockets of the namespaces that it has entered. Its
 * state is touched in the session's tasks; methods that say so may be called from elsewhere and go there by themselves.
 */
final class Connection implements EngineHandler {
    private final EngineSession session;
    private final ConnectionFacts facts;
    private final SocketIoOptions options;
    private final Function<String, @Nullable ServerNamespace> namespaces;
    private final SocketIoDecoder decoder;
    private final EventRate control;
    private final Map<String, Seat> seats = new HashMap<>(4);
    private final Loop.Timer connectTimeout;
    private boolean closed;

    /** Where the client is with one namespace. */
    private static final class Seat {
        final ServerNamespace namespace;
        final Map<String, @Nullable Object> auth;
        final @Nullable String pid;
        final @Nullable String offset;

        @Nullable
        ServerSocket socket;

        boolean left;

        Seat(
                ServerNamespace namespace,
                Map<String, @Nullable Object> auth,
                @Nullable String pid,
                @Nullable String offset) {
            this.namespace = namespace;
            this.auth = auth;
            this.pid = pid;
            this.offset = offset;
        }
    }

    Connection(
            EngineSession session,
            ConnectionFacts facts,
            SocketIoOptions options,
            Function<String, @Nullable ServerNamespace> namespaces) {
        this.session = session;
        this.facts = facts;
        this.options = options;
        this.namespaces = namespaces;
        this.decoder = new SocketIoDecoder(options.limits().maxAttachments());
        this.control = new EventRate(options.limits(), session.executor().loop().nowNanos());
        this.connectTimeout = session.executor()
                .schedule(options.heartbeat().connectTimeout().toMillis(), () -> session.close(CloseCause.FORCED));
    }

    SerialExecutor executor() {
        return session.executor();
    }

    // From the client.

    @Override
    public void onText(byte[] bytes, int offset, int end) {
        receive(decoder.text(bytes, offset, end));
    }

    @Override
    public void onBinary(byte[] bytes) {
        receive(decoder.binary(bytes));
    }

    private void receive(SocketIoPacket packet) {
        switch (packet) {
            case SocketIoPacket.Event event -> {
                ServerSocket socket = socket(event.namespace());
                if (socket != null) {
                    socket.executor().run(() -> socket.onEvent(this, event));
                }
            }
            case SocketIoPacket.Acknowledgement acknowledgement -> {
                ServerSocket socket = socket(acknowledgement.namespace());
                if (socket != null && withinControlRate()) {
                    socket.executor().run(() -> socket.onAcknowledgement(this, acknowledgement));
                }
            }
            case SocketIoPacket.Connect connect -> {
                if (withinControlRate()) {
                    connect(connect);
                }
            }
            case SocketIoPacket.Disconnect disconnect -> {
                if (withinControlRate()) {
                    leave(disconnect.namespace());
                }
            }
            case SocketIoPacket.Incomplete _ -> {}
            case SocketIoPacket.Malformed _ -> session.close(CloseCause.PROTOCOL_ERROR);
        }
    }

    /** Packets that are no events cannot be refused one by one: too many of them end the connection. */
    private boolean withinControlRate() {
        if (control.take(executor().loop().nowNanos())) {
            return true;
        }
        session.close(CloseCause.PROTOCOL_ERROR);
        return false;
    }

    /** The socket for a packet; null if there is none (any more), which closes the connection if there never was. */
    private @Nullable ServerSocket socket(String namespace) {
        Seat seat = seats.get(namespace);
        if (seat == null || (seat.socket == null && !seat.left)) {
            session.close(CloseCause.PROTOCOL_ERROR);
            return null;
        }
        return seat.left ? null : seat.socket;
    }

    private void leave(String namespace) {
        Seat seat = seats.get(namespace);
        if (seat == null || seat.left) {
            return;
        }
        seat.left = true;
        ServerSocket socket = seat.socket;
        if (socket != null) {
            socket.executor().run(() -> socket.onLeave(this));
        }
    }

    private void connect(SocketIoPacket.Connect packet) {
        ServerNamespace namespace = namespaces.apply(packet.namespace());
        if (namespace == null) {
            session.send(SocketIoEncoder.connectError(packet.namespace(), "Invalid namespace", null));
            return;
        }
        Seat taken = seats.get(packet.namespace());
        if (taken != null && !taken.left) {
            session.close(CloseCause.PROTOCOL_ERROR);
            return;
        }
        Map<String, @Nullable Object> auth = packet.auth();
        if (auth == null) {
            session.send(SocketIoEncoder.connectError(packet.namespace(), "Invalid auth payload", null));
            return;
        }
        String pid = null;
        String offset = null;
        if (options.recovery().enabled()) {
            pid = auth.remove("pid") instanceof String text ? text : null;
            offset = auth.remove("offset") instanceof String text ? text : null;
        }
        Seat seat = new Seat(namespace, auth, pid, offset);
        seats.put(packet.namespace(), seat);
        ServerSocket known = pid == null ? null : namespace.resumable(pid);
        if (known != null && pid != null) {
            known.resume(this, pid, offset);
        } else {
            ask(seat);
        }
    }

    private void ask(Seat seat) {
        Handshake handshake = new Handshake(
                seat.namespace.name(),
                Collections.unmodifiableMap(seat.auth),
                facts.query(),
                facts.headers(),
                facts.remoteAddress(),
                facts.secure(),
                Instant.now(),
                seat.pid);
        CompletionStage<ConnectDecision> decision;
        try {
            decision = seat.namespace.middleware().decide(handshake);
        } catch (RuntimeException failure) {
            executor().loop().report(failure);
            decided(seat, handshake, null);
            return;
        }
        decision.whenComplete((made, _) -> executor().run(() -> decided(seat, handshake, made)));
    }

    private void decided(Seat seat, Handshake handshake, @Nullable ConnectDecision decision) {
        if (closed || seat.left) {
            return;
        }
        String name = seat.namespace.name();
        switch (decision) {
            case null -> refuse(name, "Internal error", null);
            case ConnectDecision.Reject(String message, Object details) -> refuse(name, message, details);
            case ConnectDecision.Accept accept -> {
                connectTimeout.cancel();
                ServerSocket socket = seat.namespace.admit(this, handshake, accept, seat.offset);
                seat.socket = socket;
                session.send(SocketIoEncoder.connect(
                        name, socket.id(), options.recovery().enabled() ? socket.pid() : null));
                socket.executor().run(() -> seat.namespace.announce(socket));
            }
        }
    }

    private void refuse(String namespace, String message, @Nullable Object details) {
        seats.remove(namespace);
        session.send(SocketIoEncoder.connectError(namespace, message, details));
    }

    // From the session.

    @Override
    public void onPing() {
        for (Seat seat : seats.values()) {
            if (seat.socket != null && !seat.left) {
                seat.socket.executor().run(seat.socket::onPing);
            }
        }
    }

    @Override
    public void onPong() {
        for (Seat seat : seats.values()) {
            if (seat.socket != null && !seat.left) {
                seat.socket.executor().run(seat.socket::onPong);
            }
        }
    }

    @Override
    public void onMoved(Loop loop) {
        for (Seat seat : seats.values()) {
            ServerSocket socket = seat.socket;
            if (socket != null && !seat.left) {
                socket.executor().run(() -> socket.onMoved(this, loop));
            }
        }
    }

    @Override
    public void onClosed(CloseCause cause) {
        closed = true;
        connectTimeout.cancel();
        for (Seat seat : seats.values()) {
            ServerSocket socket = seat.socket;
            if (socket != null && !seat.left) {
                // The end of a slow reader's connection is met while a socket emits.
                socket.executor().post(() -> socket.onLost(this, cause));
            }
        }
        seats.clear();
    }

    // From sockets, in their own tasks.

    /** Sends a packet. From anywhere. */
    void send(EncodedPacket packet) {
        executor().run(() -> session.send(packet));
    }

    /** Sends a packet if nothing waits before it. From anywhere. */
    void sendVolatile(EncodedPacket packet) {
        executor().run(() -> {
            if (session.writable()) {
                session.send(packet);
            }
        });
    }

    /** Drops the connection at once. From anywhere. */
    void close(CloseCause cause) {
        executor().run(() -> session.close(cause));
    }

    /** Drops the connection, whose client has returned on another one. From anywhere. */
    void abandon(String namespace) {
        executor().run(() -> {
            Seat seat = seats.get(namespace);
            if (seat != null) {
                seat.left = true;
            }
            session.close(CloseCause.FORCED);
        });
    }

    /** A socket ends: tells the client, and ends the others too if the connection is to be closed. From anywhere. */
    void release(String namespace, DisconnectReason reason, boolean close) {
        executor().run(() -> {
            release(seats.get(namespace));
            if (!close) {
                return;
            }
            for (Seat other : List.copyOf(seats.values())) {
                ServerSocket socket = other.socket;
                if (socket != null && !other.left) {
                    release(other);
                    socket.executor().run(() -> socket.onEnded(this, reason));
                }
            }
            session.closeGracefully(CloseCause.FORCED);
        });
    }

    private void release(@Nullable Seat seat) {
        if (seat != null && !seat.left) {
            seat.left = true;
            session.send(SocketIoEncoder.disconnect(seat.namespace.name()));
        }
    }

    /** A socket has moved here. From anywhere. */
    void attached(ServerSocket socket, EncodedPacket greeting, List<EncodedPacket> missed) {
        executor().run(() -> {
            Seat seat = seats.get(socket.namespace().name());
            if (closed || seat == null || seat.left) {
                boolean lost = closed;
                socket.executor().run(() -> {
                    if (lost) {
                        socket.onLost(this, CloseCause.TRANSPORT_LOST);
                    } else {
                        socket.onLeave(this);
                    }
                });
                return;
            }
            connectTimeout.cancel();
            seat.socket = socket;
            session.send(greeting);
            for (EncodedPacket packet : missed) {
                session.send(packet);
            }
        });
    }

    /** A socket is not there any more: the client enters anew. From anywhere. */
    void resumeFailed(String namespace) {
        executor().run(() -> {
            Seat seat = seats.get(namespace);
            if (!closed && seat != null && !seat.left) {
                ask(seat);
            }
        });
    }
}
