package dev.foyer.app;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;

/** A client of any dialect on the official Socket.IO client for Java, for tests. */
public final class CallClient implements AutoCloseable {
    private static final long SECONDS = 10;

    private final Socket socket;
    private final BlockingQueue<Received> events = new LinkedBlockingQueue<>();

    /** An event that the server sent; {@code connect}, {@code connect_error} and {@code disconnect} are among them. */
    public record Received(String name, Object argument, int arguments) {
        /** The argument, which is an object. */
        public JSONObject json() {
            return (JSONObject) argument;
        }
    }

    /** Connects, with a token or without one when it is empty. */
    CallClient(int port, String token) {
        this(port, "/", token);
    }

    /** As {@link #CallClient(int, String)}, to another namespace than the main one. */
    CallClient(int port, String namespace, String token) {
        this(port, namespace, token, Map.of());
    }

    private CallClient(int port, String namespace, String token, Map<String, List<String>> headers) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setExtraHeaders(headers)
                .setTransports(new String[] {"websocket"})
                .setAuth(token.isEmpty() ? Map.of() : Map.of("token", token))
                .build();
        socket = IO.socket(URI.create("http://127.0.0.1:" + port + namespace), options);
        for (String name : List.of(Socket.EVENT_CONNECT, Socket.EVENT_CONNECT_ERROR, Socket.EVENT_DISCONNECT)) {
            socket.on(
                    name,
                    arguments -> events.add(
                            new Received(name, arguments.length == 0 ? null : arguments[0], arguments.length)));
        }
        socket.onAnyIncoming(arguments -> events.add(new Received(
                (String) arguments[0], arguments.length == 1 ? null : arguments[1], arguments.length - 1)));
        socket.connect();
    }

    /** As {@link #CallClient(int, String)}, through a proxy that names another address as the client's. */
    static CallClient from(String address, int port, String token) {
        return new CallClient(port, "/", token, Map.of("X-Forwarded-For", List.of(address)));
    }

    /** A client that has connected. */
    public static CallClient connected(int port) throws InterruptedException {
        return connected(port, "/");
    }

    /** A client that has connected to a namespace. */
    public static CallClient connected(int port, String namespace) throws InterruptedException {
        CallClient client = new CallClient(port, namespace, "");
        client.await(Socket.EVENT_CONNECT);
        return client;
    }

    /** The socket id. */
    public String id() {
        return socket.id();
    }

    /** Sends something and waits for nothing. */
    public void send(String event, Object... arguments) {
        socket.emit(event, arguments);
    }

    /** Asks for something and waits for the whole acknowledgement. */
    public JSONObject ask(String event, JSONObject request) throws Exception {
        CompletableFuture<JSONObject> reply = new CompletableFuture<>();
        socket.emit(event, new Object[] {request}, (Ack) arguments -> reply.complete((JSONObject) arguments[0]));
        return reply.get(SECONDS, TimeUnit.SECONDS);
    }

    /** Asks for something, which has to succeed, and returns what came of it. */
    public JSONObject data(String event, JSONObject request) throws Exception {
        JSONObject reply = ask(event, request);
        if (!reply.getBoolean("success")) {
            throw new AssertionError(event + " failed: " + reply);
        }
        return reply.getJSONObject("data");
    }

    /** Waits for the next event of a name; others before it are dropped. */
    public Received await(String name) throws InterruptedException {
        while (true) {
            Received received = events.poll(SECONDS, TimeUnit.SECONDS);
            if (received == null) {
                throw new AssertionError("no " + name + " came");
            }
            if (received.name().equals(name)) {
                return received;
            }
        }
    }

    /** The names of events that came and were not awaited, which are then forgotten. */
    public List<String> heard() {
        List<Received> all = new ArrayList<>();
        events.drainTo(all);
        return all.stream().map(Received::name).toList();
    }

    @Override
    public void close() {
        socket.close();
    }
}
