package dev.foyer.socketio;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that sends and shows raw Engine.IO packets. Pings are answered and not shown. */
final class RawClient implements WebSocket.Listener, AutoCloseable {
    static final String CLOSED = "closed";

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket webSocket;

    RawClient(TestServer server) {
        this(server, "EIO=4&transport=websocket", null);
    }

    RawClient(TestServer server, String query, String origin) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (origin != null) {
            builder.header("Origin", origin);
        }
        webSocket = builder.buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/socket.io/?" + query), this)
                .join();
    }

    RawClient send(String packet) {
        webSocket.sendText(packet, true).join();
        return this;
    }

    RawClient send(byte[] bytes) {
        webSocket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /** The next packet; {@link #CLOSED} at the end. */
    String next() throws InterruptedException {
        String packet = received.poll(10, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError("nothing came");
        }
        return packet;
    }

    /** The next packet that begins so; others are skipped. */
    String next(String prefix) throws InterruptedException {
        String packet = next();
        while (!packet.startsWith(prefix)) {
            if (packet.equals(CLOSED)) {
                throw new AssertionError("closed before " + prefix);
            }
            packet = next();
        }
        return packet;
    }

    /** Reads to the end. */
    void awaitClosed() throws InterruptedException {
        for (String packet = next(); !packet.equals(CLOSED); packet = next()) {}
    }

    /** Drops the TCP connection without a word. */
    void vanish() {
        webSocket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String packet = partial.toString();
            partial.setLength(0);
            if (packet.equals("2")) {
                var _ = socket.sendText("3", true);
            } else {
                received.add(packet);
            }
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        received.add(CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        received.add(CLOSED);
    }

    @Override
    public void close() {
        webSocket.abort();
        http.shutdownNow();
    }
}
