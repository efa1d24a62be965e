package dev.foyer.socketio;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket on its own {@link SerialExecutor}, which moves with the client from one connection to the next. */
final class ServerSocket implements Socket {
    private static final SocketListener NOBODY = (_, _, _) -> {};

    private final ServerNamespace namespace;
    private final String id;
    private final Handshake handshake;
    private final SerialExecutor executor;
    private final boolean offsets;
    private final @Nullable RecoveryBuffer recovery;
    private volatile String pid;
    private volatile SocketState state = SocketState.CONNECTED;
    private volatile SocketListener listener = NOBODY;
    private volatile @Nullable Object attachment;

    // Touched in tasks only.
    private final EventRate rate;
    private final PendingAcks acks = new PendingAcks();
    private @Nullable Connection connection;
    private Loop.@Nullable Timer expiry;

    /** Makes the socket of a client on a connection. In a task of that connection, whose loop it shares. */
    ServerSocket(
            ServerNamespace namespace,
            String id,
            String pid,
            Handshake handshake,
            Connection connection,
            @Nullable String clientOffset) {
        this.namespace = namespace;
        this.id = id;
        this.pid = pid;
        this.handshake = handshake;
        this.connection = connection;
        RecoveryOptions options = namespace.options().recovery();
        recovery = options.enabled() ? new RecoveryBuffer(options, clientOffset) : null;
        offsets = options.enabled() && options.offsets().test(handshake);
        executor = new SerialExecutor(connection.executor().loop());
        rate = new EventRate(namespace.options().limits(), executor.loop().nowNanos());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String pid() {
        return pid;
    }

    @Override
    public Namespace namespace() {
        return namespace;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public SocketState state() {
        return state;
    }

    @Override
    public void listener(SocketListener listener) {
        this.listener = listener;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attachment(@Nullable Object attachment) {
        this.attachment = attachment;
    }

    @Override
    public String toString() {
        return "Socket[" + id + " in " + namespace.name() + ", " + state + "]";
    }

    SerialExecutor executor() {
        return executor;
    }

    // Sending.

    @Override
    public void emit(String event, @Nullable Object... args) {
        emit(namespace.outbound(event, args));
    }

    void emit(OutboundEvent event) {
        if (state == SocketState.DISCONNECTED) {
            return;
        }
        EncodedPacket packet = offsets ? event.tracked() : event.plain();
        String offset = offsets ? event.offset() : null;
        executor.runAlone(() -> {
            if (state == SocketState.DISCONNECTED) {
                return;
            }
            if (recovery != null) {
                recovery.keep(packet, offset);
            }
            if (connection != null) {
                connection.send(packet);
            }
        });
    }

    @Override
    public void emitVolatile(String event, @Nullable Object... args) {
        emitVolatile(namespace.outbound(event, args));
    }

    void emitVolatile(OutboundEvent event) {
        if (state != SocketState.CONNECTED) {
            return;
        }
        EncodedPacket packet = event.plain();
        String apparent = offsets ? event.apparentOffset() : null;
        executor.runAlone(() -> {
            if (connection != null) {
                if (recovery != null && apparent != null) {
                    recovery.mark(apparent);
                }
                connection.sendVolatile(packet);
            }
        });
    }

    @Override
    public void emitWithAck(Duration timeout, Consumer<AckReply> reply, String event, @Nullable Object... args) {
        long ackId = namespace.nextAckId();
        EncodedPacket packet = SocketIoEncoder.event(namespace.name(), event, args, null, ackId);
        executor.post(() -> {
            if (state == SocketState.DISCONNECTED) {
                reply.accept(new AckReply.Disconnected());
                return;
            }
            acks.await(ackId, reply, Math.max(1, timeout.toMillis()), executor);
            if (connection != null) {
                connection.send(packet);
            } else if (recovery != null) {
                recovery.keep(packet, null);
            }
        });
    }

    /** Sends an acknowledgement if the connection that asked for it is still this socket's. */
    void reply(Connection asked, EncodedPacket packet) {
        executor.runAlone(() -> {
            if (connection == asked) {
                asked.send(packet);
            }
        });
    }

    @Override
    public void disconnect(boolean close) {
        executor.post(() -> end(DisconnectReason.SERVER, close));
    }

    @Override
    public void closeTransport() {
        executor.post(() -> {
            if (connection != null) {
                connection.close(CloseCause.FORCED);
            }
        });
    }

    @Override
    public void allowance(int extraBurst) {
        executor.post(() -> rate.allowance(extraBurst));
    }

    // What comes from the connection, in this socket's tasks.

    void onEvent(Connection from, SocketIoPacket.Event event) {
        if (connection != from) {
            return;
        }
        Ack ack = event.ackId() == SocketIoEncoder.NO_ID ? null : new ClientAck(this, from, event.ackId());
        if (!rate.take(executor.loop().nowNanos())) {
            if (rate.flooded()) {
                namespace.counters().flood();
                end(DisconnectReason.RATE_EXCEEDED, true);
            } else {
                namespace.counters().rateLimited();
                listener.onRateLimited(event.name(), ack, rate.retryAfterMillis());
            }
        } else if (event.args() == null) {
            listener.onInvalidEvent(event.name(), ack);
        } else {
            listener.onEvent(event.name(), event.args(), ack);
        }
    }

    void onAcknowledgement(Connection from, SocketIoPacket.Acknowledgement acknowledgement) {
        if (connection == from) {
            List<@Nullable Object> args = acknowledgement.args();
            acks.settle(acknowledgement.ackId(), args == null ? new AckReply.Malformed() : new AckReply.Received(args));
        }
    }

    void onPing() {
        if (recovery != null) {
            recovery.ping();
        }
    }

    void onPong() {
        if (recovery != null) {
            recovery.pong();
        }
    }

    /** The connection lives on another loop now. */
    void onMoved(Connection from, Loop loop) {
        if (connection == from) {
            executor.moveTo(loop);
        }
    }

    /** The client sent a DISCONNECT packet. */
    void onLeave(Connection from) {
        if (connection == from) {
            finish(DisconnectReason.CLIENT);
        }
    }

    /** The connection ended all its sockets. */
    void onEnded(Connection from, DisconnectReason reason) {
        if (connection == from) {
            finish(reason);
        }
    }

    /** The connection is closed. */
    void onLost(Connection from, CloseCause cause) {
        if (connection != from) {
            return;
        }
        switch (cause) {
            case PROTOCOL_ERROR -> finish(DisconnectReason.PROTOCOL_ERROR);
            case SERVER_CLOSED -> finish(DisconnectReason.SERVER_CLOSED);
            case TRANSPORT_LOST, PING_TIMEOUT, SLOW_READER, FORCED -> suspend();
        }
    }

    // Recovery.

    private void suspend() {
        if (recovery == null) {
            finish(DisconnectReason.TRANSPORT_LOST);
            return;
        }
        connection = null;
        state = SocketState.SUSPENDED;
        recovery.leave();
        long window = namespace.options().recovery().window().toMillis();
        expiry = executor.schedule(Math.max(1, window), () -> {
            if (state == SocketState.SUSPENDED) {
                finish(DisconnectReason.TRANSPORT_LOST);
            }
        });
        listener.onSuspended();
    }

    /**
     * The client is back on another connection, perhaps before the loss of the last one was noticed.
     *
     * @param offset of the last event that it has seen
     */
    void resume(Connection on, String pidAsked, @Nullable String offset) {
        executor.run(() -> {
            if (state == SocketState.DISCONNECTED || recovery == null || !pid.equals(pidAsked)) {
                on.resumeFailed(namespace.name());
                return;
            }
            if (connection != null) {
                Connection old = connection;
                suspend();
                old.abandon(namespace.name());
            }
            executor.moveTo(on.executor().loop());
            executor.post(() -> attach(on, recovery, offset));
        });
    }

    private void attach(Connection on, RecoveryBuffer missing, @Nullable String offset) {
        if (state != SocketState.SUSPENDED) {
            on.resumeFailed(namespace.name());
            return;
        }
        if (expiry != null) {
            expiry.cancel();
        }
        List<EncodedPacket> missed = missing.comeBack(offset, offsets);
        if (missed == null) {
            pid = namespace.renewPid(this);
        }
        connection = on;
        state = SocketState.CONNECTED;
        on.attached(this, SocketIoEncoder.connect(namespace.name(), id, pid), missed == null ? List.of() : missed);
        namespace.counters().resumed(missed != null);
        listener.onResumed(missed != null);
    }

    // The end.

    /** Another socket has this one's id now. */
    void replaced() {
        executor.post(() -> end(DisconnectReason.REPLACED, false));
    }

    /**
     * The whole server closes. The client gets no DISCONNECT packet, only the end of its connection: it will try to come
     * back, to whatever serves it then. In a task.
     */
    void serverClosed() {
        finish(DisconnectReason.SERVER_CLOSED);
    }

    private void end(DisconnectReason reason, boolean close) {
        if (connection != null) {
            connection.release(namespace.name(), reason, close);
        }
        finish(reason);
    }

    private void finish(DisconnectReason reason) {
        if (state == SocketState.DISCONNECTED) {
            return;
        }
        state = SocketState.DISCONNECTED;
        connection = null;
        if (expiry != null) {
            expiry.cancel();
        }
        if (recovery != null) {
            recovery.clear();
        }
        namespace.remove(this);
        acks.abandon();
        listener.onDisconnected(reason);
    }
}
