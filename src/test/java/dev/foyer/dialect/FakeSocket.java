package dev.foyer.dialect;

import dev.foyer.socketio.Ack;
import dev.foyer.socketio.AckReply;
import dev.foyer.socketio.Handshake;
import dev.foyer.socketio.Namespace;
import dev.foyer.socketio.Socket;
import dev.foyer.socketio.SocketListener;
import dev.foyer.socketio.SocketState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A socket that remembers what was sent, and on which a test plays the client. */
public final class FakeSocket implements Socket {
    /** What the server emitted. */
    public record Emitted(String event, Object payload) {}

    public final List<Emitted> emitted = new ArrayList<>();
    public SocketState state = SocketState.CONNECTED;
    public int extraBurst;
    private final String id;
    private SocketListener listener;
    private Object attachment;

    public FakeSocket(String id) {
        this.id = id;
    }

    /** The client emits an event with a callback; what it was called with is added to the list returned. */
    public List<Object> request(String event, Object... args) {
        List<Object> replies = new ArrayList<>();
        Ack ack = reply -> replies.addAll(Arrays.asList(reply));
        listener.onEvent(event, Arrays.asList(args), ack);
        return replies;
    }

    /** The client emits an event without a callback. */
    public void send(String event, Object... args) {
        listener.onEvent(event, Arrays.asList(args), null);
    }

    public SocketListener listener() {
        return listener;
    }

    /** The payloads of what was emitted under a name since the last such question; of an event without any, null. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> heard(String event) {
        List<Map<String, Object>> payloads = new ArrayList<>();
        emitted.removeIf(message -> {
            boolean wanted = message.event.equals(event);
            if (wanted) {
                payloads.add((Map<String, Object>) message.payload);
            }
            return wanted;
        });
        return payloads;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String pid() {
        return "pid-" + id;
    }

    @Override
    public Namespace namespace() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Handshake handshake() {
        return new Handshake(
                "/",
                Map.of(),
                Map.of(),
                Map.of(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                false,
                Instant.EPOCH,
                null);
    }

    @Override
    public SocketState state() {
        return state;
    }

    @Override
    public void listener(SocketListener next) {
        listener = next;
    }

    @Override
    public Object attachment() {
        return attachment;
    }

    @Override
    public void attachment(Object next) {
        attachment = next;
    }

    @Override
    public void emit(String event, Object... args) {
        emitted.add(new Emitted(event, args.length == 0 ? null : args[0]));
    }

    @Override
    public void emitVolatile(String event, Object... args) {
        emit(event, args);
    }

    @Override
    public void emitWithAck(Duration timeout, Consumer<AckReply> reply, String event, Object... args) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disconnect(boolean close) {
        state = SocketState.DISCONNECTED;
    }

    @Override
    public void closeTransport() {
        state = SocketState.SUSPENDED;
    }

    @Override
    public void allowance(int extra) {
        extraBurst = extra;
    }
}
