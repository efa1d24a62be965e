package dev.foyer.app.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks whoever listens on a port whether it is a Foyer. */
final class HealthQuestion {
    private static final int MILLIS = 2_000;
    private static final int MOST = 4_096;

    private HealthQuestion() {}

    static boolean ask(String host, int port) {
        String reached = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(reached, port), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(MOST), StandardCharsets.UTF_8).contains("\"service\":\"webrtc\"");
        } catch (IOException _) {
            return false;
        }
    }
}
