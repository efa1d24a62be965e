package dev.foyer.hostile;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections that begin something and stop in the middle of it. They stay while the server is looked at. */
final class SlowConnections implements Attack {
    private static final int EACH = 12;
    private static final String HOST = "Host: 127.0.0.1\r\n";
    private static final String UPGRADE = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + HOST
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static final List<String> BEGINNINGS = List.of(
            "",
            "G",
            "GET /health HT",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
            "GET /health HTTP/1.1\r\n" + HOST + "X-Slow: ",
            "POST /api/mediasoup/rooms HTTP/1.1\r\n" + HOST
                    + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{\"roomId\":",
            "POST /whip/attacked HTTP/1.1\r\n" + HOST
                    + "Content-Type: application/sdp\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nv=0",
            "POST /socket.io/?EIO=4&transport=polling&sid=nobody HTTP/1.1\r\n" + HOST
                    + "Content-Length: 900000\r\n\r\n4",
            "POST /api/mediasoup/rooms HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 60000\r\n\r\n",
            UPGRADE,
            UPGRADE + KEY + "\u0081\u00fe",
            UPGRADE + KEY + "\u0081\u00ff\u0000\u0000\u0000\u0000\u0000\u000f\u0000\u0000abcd1",
            UPGRADE + KEY + "\u0001\u0081abcd0",
            UPGRADE + KEY + "\u0008\u0080abcd");

    private final List<Socket> open = new ArrayList<>();

    @Override
    public void wave(ServerUnderAttack server) throws Exception {
        for (int i = 0; i < EACH; i++) {
            for (String beginning : BEGINNINGS) {
                Socket socket = RawHttp.connect(server.port());
                open.add(socket);
                RawHttp.send(socket, beginning);
            }
        }
        // A byte now and then keeps an idle timeout from closing them.
        for (Socket socket : open) {
            try {
                RawHttp.send(socket, "a");
            } catch (IOException _) {
                // Closed by the server, as it should.
            }
        }
    }

    @Override
    public void cease() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException _) {
                // Then it is closed already.
            }
        }
        open.clear();
    }
}
