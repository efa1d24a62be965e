package dev.foyer.hostile;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An attacker's WebSocket: it sends whatever it is told and shows whatever comes. Pings are answered. */
final class RawSocket implements WebSocket.Listener, AutoCloseable {
    static final String CLOSED = "closed";
    private static final long SECONDS = 20;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private String namespace = "";
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private RawSocket(HttpClient http, int port) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"), this)
                .join();
    }

    /** A client whose connections come from the attackers' address. */
    static HttpClient http() throws Exception {
        return HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(Attack.ADDRESS))
                .build();
    }

    /** A socket of Engine.IO, in no namespace yet. */
    static RawSocket open(HttpClient http, int port) throws InterruptedException {
        RawSocket opened = new RawSocket(http, port);
        opened.next("0{");
        return opened;
    }

    /** A socket in a namespace. */
    static RawSocket connected(HttpClient http, int port, String namespace) throws InterruptedException {
        RawSocket opened = open(http, port);
        opened.namespace = namespace.equals("/") ? "" : namespace + ",";
        opened.send("40" + opened.namespace);
        opened.next("40");
        return opened;
    }

    /** Sends a text packet; false when the server has closed. */
    boolean send(String packet) {
        try {
            socket.sendText(packet, true).join();
            return true;
        } catch (CompletionException _) {
            return false;
        }
    }

    /** Sends a binary packet; false when the server has closed. */
    boolean send(byte[] packet) {
        try {
            socket.sendBinary(ByteBuffer.wrap(packet), true).join();
            return true;
        } catch (CompletionException _) {
            return false;
        }
    }

    /** The next packet; {@link #CLOSED} at the end. */
    String next() throws InterruptedException {
        String packet = received.poll(SECONDS, TimeUnit.SECONDS);
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

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            String packet = partial.toString();
            partial.setLength(0);
            if (packet.equals("2")) {
                var _ = from.sendText("3", true);
            } else {
                received.add(packet);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        received.add(CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        received.add(CLOSED);
    }

    /** Leaves its namespace, so that no seat is kept. */
    @Override
    public void close() {
        send("41" + namespace);
        socket.abort();
    }
}
