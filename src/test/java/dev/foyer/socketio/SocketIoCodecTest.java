package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketIoCodecTest {
    private final SocketIoDecoder decoder = new SocketIoDecoder(10);

    private SocketIoPacket decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decoder.text(bytes, 0, bytes.length);
    }

    private static String text(EncodedPacket packet) {
        return new String(packet.text().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void encodesAsTheProtocolSays() {
        assertEquals("42[\"ev\",1]", text(SocketIoEncoder.event("/", "ev", new Object[] {1}, null, -1)));
        assertEquals("42/a,12[\"ev\"]", text(SocketIoEncoder.event("/a", "ev", new Object[0], null, 12)));
        assertEquals("42[\"ev\",\"k7\"]", text(SocketIoEncoder.event("/", "ev", new Object[0], "k7", -1)));
        assertEquals("43/a,7[null]", text(SocketIoEncoder.ack("/a", 7, new Object[] {null})));
        assertEquals("40{\"sid\":\"s\",\"pid\":\"p\"}", text(SocketIoEncoder.connect("/", "s", "p")));
        assertEquals("40/a,{\"sid\":\"s\"}", text(SocketIoEncoder.connect("/a", "s", null)));
        assertEquals(
                "44/a,{\"message\":\"no\",\"data\":{\"code\":1}}",
                text(SocketIoEncoder.connectError("/a", "no", Map.of("code", 1))));
        assertEquals("41", text(SocketIoEncoder.disconnect("/")));
        assertEquals("41/a,", text(SocketIoEncoder.disconnect("/a")));
    }

    @Test
    void encodesBinaryWithAttachments() {
        byte[] bytes = {1, 2, 3};
        EncodedPacket packet = SocketIoEncoder.event("/a", "ev", new Object[] {bytes, bytes}, null, 9);
        assertEquals(
                "452-/a,9[\"ev\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", text(packet));
        assertEquals(2, packet.attachments().size());
        assertSame(bytes, packet.attachments().getFirst().bytes());
        assertEquals(
                "461-3[{\"_placeholder\":true,\"num\":0}]", text(SocketIoEncoder.ack("/", 3, new Object[] {bytes})));
    }

    @Test
    void refusesToEmitReservedNames() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SocketIoEncoder.event("/", "disconnect", new Object[0], null, -1));
    }

    @Test
    void decodesEvents() {
        assertEquals(new SocketIoPacket.Event("/", -1, "ev", List.of(1, "2")), decode("2[\"ev\",1,\"2\"]"));
        assertEquals(new SocketIoPacket.Event("/a", 12, "ev", List.of()), decode("2/a,12[\"ev\"]"));
        assertEquals(new SocketIoPacket.Event("/", -1, "5", List.of()), decode("2[5]"));
        assertEquals(new SocketIoPacket.Acknowledgement("/", 3, List.of(1)), decode("33[1]"));
        assertEquals(new SocketIoPacket.Acknowledgement("/", 3, List.of()), decode("33"));
    }

    @Test
    void decodesConnectAndDisconnect() {
        assertEquals(new SocketIoPacket.Connect("/", Map.of()), decode("0"));
        assertEquals(new SocketIoPacket.Connect("/a", Map.of()), decode("0/a"));
        assertEquals(new SocketIoPacket.Connect("/a", Map.of("t", 1)), decode("0/a,{\"t\":1}"));
        assertEquals(new SocketIoPacket.Disconnect("/a"), decode("1/a,"));
    }

    @Test
    void waitsForAttachments() {
        assertInstanceOf(
                SocketIoPacket.Incomplete.class,
                decode("52-7[\"ev\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]"));
        assertInstanceOf(SocketIoPacket.Incomplete.class, decoder.binary(new byte[] {1}));
        SocketIoPacket.Event event = assertInstanceOf(SocketIoPacket.Event.class, decoder.binary(new byte[] {2, 3}));
        assertEquals(7, event.ackId());
        assertNotNull(event.args());
        assertArrayEquals(new byte[] {2, 3}, (byte[]) event.args().get(0));
        assertArrayEquals(new byte[] {1}, (byte[]) event.args().get(1));
        assertEquals(new SocketIoPacket.Event("/", -1, "next", List.of()), decode("2[\"next\"]"));
    }

    @Test
    void placesEachAttachmentOnce() {
        decode("51-[\"ev\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]");
        assertEquals(new SocketIoPacket.Malformed(), decoder.binary(new byte[1_000]));
    }

    @Test
    void takesABinaryEventWithoutAttachmentsAtOnce() {
        assertEquals(new SocketIoPacket.Event("/", -1, "ev", List.of()), decode("50-[\"ev\"]"));
        assertEquals(new SocketIoPacket.Event("/", -1, "ev", List.of()), decode("2[\"ev\"]"));
    }

    @Test
    void leavesPlaceholdersOfPlainEventsAlone() {
        assertEquals(
                new SocketIoPacket.Event("/", -1, "ev", List.of(Map.of("_placeholder", true, "num", 0))),
                decode("2[\"ev\",{\"_placeholder\":true,\"num\":0}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "7",
                "4{\"message\":\"x\"}",
                "2",
                "2{}",
                "2[]",
                "2[null]",
                "2[\"connect\"]",
                "2[\"newListener\",1]",
                "2abc[\"ev\"]",
                "2[\"ev\"",
                "2[\"ev\"] x",
                "21234567890123456789[\"ev\"]",
                "1{}",
                "0[]",
                "0\"x\"",
                "3[1]",
                "31{}",
                "5[\"ev\"]",
                "5-[\"ev\"]",
                "5x-[\"ev\"]",
                "511-[\"ev\"]",
                "59999999999-[\"ev\"]",
                "51[\"ev\"]"
            })
    void tellsBrokenFraming(String text) {
        assertInstanceOf(SocketIoPacket.Malformed.class, decode(text));
    }

    @Test
    void tellsAttachmentsOutOfPlace() {
        assertInstanceOf(SocketIoPacket.Malformed.class, decoder.binary(new byte[1]));
        decode("51-[\"ev\",{\"_placeholder\":true,\"num\":0}]");
        assertInstanceOf(SocketIoPacket.Malformed.class, decode("2[\"ev\"]"));
    }

    @Test
    void givesTooDeepJsonToTheApplication() {
        String deep = "[".repeat(40) + "]".repeat(40);
        SocketIoPacket.Event event = assertInstanceOf(SocketIoPacket.Event.class, decode("2/a,5[\"ev\"," + deep + "]"));
        assertEquals("ev", event.name());
        assertEquals(5, event.ackId());
        assertNull(event.args());
        assertNull(((SocketIoPacket.Acknowledgement) decode("35[" + deep + "]")).args());
        assertNull(((SocketIoPacket.Connect) decode("0{\"a\":" + deep + "}")).auth());
        assertInstanceOf(SocketIoPacket.Malformed.class, decode("2{\"a\":" + deep + "}"));
        assertInstanceOf(SocketIoPacket.Malformed.class, decode("2[\"connect\"," + deep + "]"));
    }

    @Test
    void neverThrowsOnGarbage() {
        Random random = new Random(11);
        String alphabet = "0123456/-,[]{}\":_placeholdernumtrue\\u ";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            SocketIoDecoder fresh = new SocketIoDecoder(10);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (fresh.text(bytes, 0, bytes.length) instanceof SocketIoPacket.Incomplete) {
                fresh.binary(new byte[3]);
            }
        }
    }
}
