package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryBufferTest {
    private final RecoveryBuffer buffer = new RecoveryBuffer(options(4, 1_000), null);

    private static RecoveryOptions options(int packets, int bytes) {
        return new RecoveryOptions(Duration.ofMinutes(2), packets, bytes, _ -> true);
    }

    private static EncodedPacket packet(String name) {
        return new EncodedPacket(OutboundFrame.text(name), List.of());
    }

    private void keep(String... names) {
        for (String name : names) {
            buffer.keep(packet(name), name);
        }
    }

    private static List<String> names(List<EncodedPacket> packets) {
        return packets.stream()
                .map(packet -> new String(packet.text().bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void repeatsWhatCameAfterTheOffset() {
        keep("a", "b");
        buffer.leave();
        keep("c");
        assertEquals(List.of("b", "c"), names(buffer.comeBack("a", true)));
    }

    @Test
    void repeatsEverythingToWhoHasSeenNothing() {
        keep("a");
        buffer.leave();
        assertEquals(List.of("a"), names(buffer.comeBack(null, true)));
    }

    @Test
    void repeatsNothingToWhoHasSeenAll() {
        keep("a");
        buffer.leave();
        assertEquals(List.of(), names(buffer.comeBack("a", true)));
    }

    @Test
    void forgetsWhatTwoPongsHaveConfirmed() {
        keep("a");
        buffer.ping();
        buffer.pong();
        keep("b");
        buffer.ping();
        buffer.pong();
        buffer.leave();
        assertEquals(List.of("b"), names(buffer.comeBack("a", true)));
        buffer.leave();
        assertNull(buffer.comeBack("older", true));
    }

    @Test
    void oneUnansweredPingConfirmsNothing() {
        keep("a", "b");
        buffer.ping();
        buffer.pong();
        buffer.ping();
        buffer.leave();
        assertEquals(List.of("b"), names(buffer.comeBack("a", true)));
    }

    @Test
    void dropsTheOldestWhileConnected() {
        keep("a", "b", "c", "d", "e", "f");
        buffer.leave();
        assertEquals(List.of("c", "d", "e", "f"), names(buffer.comeBack("b", true)));
        buffer.leave();
        assertNull(buffer.comeBack("a", true));
    }

    @Test
    void givesUpWhenTooMuchHappensWhileAway() {
        keep("a");
        buffer.leave();
        keep("b", "c", "d", "e");
        assertNull(buffer.comeBack("a", true));
        keep("f");
        buffer.leave();
        assertEquals(List.of("f"), names(buffer.comeBack("a", true)), "the client still holds its old offset");
    }

    @Test
    void countsBytes() {
        RecoveryBuffer small = new RecoveryBuffer(options(100, 5), null);
        small.leave();
        small.keep(packet("123"), "a");
        small.keep(packet("456"), "b");
        assertNull(small.comeBack(null, true));
    }

    @Test
    void skipsWhatOnlyLooksLikeAnOffset() {
        keep("a");
        buffer.mark("word");
        keep("b");
        buffer.leave();
        assertEquals(List.of("b"), names(buffer.comeBack("word", true)));
    }

    @Test
    void doesNotRepeatUnconfirmedAckRequestsTwice() {
        keep("a");
        buffer.leave();
        buffer.keep(packet("ack"), null);
        keep("b");
        assertEquals(List.of("ack", "b"), names(buffer.comeBack("a", true)));
        buffer.leave();
        assertEquals(List.of("b"), names(buffer.comeBack("a", true)));
    }

    @Test
    void withoutOffsetsOnlyACleanCutRecovers() {
        buffer.keep(packet("a"), null);
        buffer.leave();
        assertNull(buffer.comeBack(null, false), "a may have been seen or not");

        buffer.leave();
        buffer.keep(packet("b"), null);
        assertEquals(List.of("b"), names(buffer.comeBack(null, false)));
    }

    @Test
    void aNewSocketKnowsTheOffsetThatItsClientBrings() {
        RecoveryBuffer fresh = new RecoveryBuffer(options(10, 100), "old");
        fresh.keep(packet("a"), "a");
        fresh.leave();
        assertEquals(List.of("a"), names(fresh.comeBack("old", true)));
    }
}
