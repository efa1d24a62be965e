package dev.foyer.hostile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Attacks every entry of a running server. After each attack health answers within a second, a guest joins and gets a
 * transport, the heap is flat, the log has no error, and nobody in another room heard anything.
 */
@Tag("integration")
class HostileInputTest {
    private static ServerUnderAttack server;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerUnderAttack();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            call       | /          | '["joinRoom",{"callId":"attacked","userId":"eve"}]'
            signaling  | /signaling | '["join-room",{"roomId":"attacked","userId":"eve","role":"speaker"}]'
            webrtc     | /          | '["webrtc:join-room",{"callRoomId":"attacked","userId":"eve"}]'
            guide      | /ws        | '["join-room",{"roomId":"attacked","userId":"eve","mediaState":{}}]'
            mediasoup  | /          | '["mediasoup:create-room",{"roomId":"attacked"}]'
            """)
    void withstandsEventsOf(String dialect, String namespace, String join) throws Exception {
        server.withstands(new SocketEvents(dialect, namespace, join));
    }

    @Test
    void withstandsBrokenFraming() throws Exception {
        server.withstands(new BrokenFraming());
    }

    @Test
    void withstandsHttpRequests() throws Exception {
        server.withstands(new HttpRequests());
    }

    @Test
    void withstandsSlowAndHalfOpenConnections() throws Exception {
        server.withstands(new SlowConnections());
    }

    @Test
    void withstandsDatagrams() throws Exception {
        server.withstands(new Datagrams());
    }

    @Test
    void withstandsSessionDescriptions() throws Exception {
        server.withstands(new SessionDescriptions());
    }
}
