package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The input is a connection's messages with a byte 0x1E between them; one that begins with {@code b} is binary. What is
 * passed on is no larger than what came, and means the same when it is read again.
 */
class SocketIoDecoderFuzzTest implements FuzzTarget {
    private static final int MAX_ATTACHMENTS = 3;
    private static final byte SEPARATOR = 0x1E;

    @Override
    public List<byte[]> corpus() {
        return List.of(
                bytes("0{\"token\":\"abc\"}\u001e2[\"joinRoom\",{\"callId\":\"r\"}]\u001e1"),
                bytes("0/signaling,\u001e2/signaling,12[\"join-room\",{\"roomId\":\"r\",\"x\":{\"y\":1}}]"),
                bytes("51-[\"e\",{\"_placeholder\":true,\"num\":0}]\u001eb\u0001\u0002\u0003\u0004"),
                bytes("62-/a,3[{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]\u001eb1\u001eb22"),
                bytes("51-[\"e\",{\"_placeholder\":true,\"num\":0}]\u001eb" + "0123456789".repeat(20)),
                bytes("50-[\"e\"]\u001e37[1]\u001e3/x,8[]"),
                bytes("2[\"connect\"]\u001e2[5]\u001e4\"no\""));
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>(JsonWords.ALL);
        words.addAll(List.of("\u001e", "\u001eb", "51-", "63-", "999999999999999999", "/admin,", "/?a=b,", "0", "1"));
        return words;
    }

    @Override
    public Object examine(byte[] input) {
        SocketIoDecoder decoder = new SocketIoDecoder(MAX_ATTACHMENTS);
        int hash = 1;
        int kinds = 0;
        boolean broken = false;
        for (int from = 0; from <= input.length && !broken; ) {
            int end = from;
            while (end < input.length && input[end] != SEPARATOR) {
                end++;
            }
            SocketIoPacket packet = end > from && input[from] == 'b'
                    ? decoder.binary(Arrays.copyOfRange(input, from + 1, end))
                    : decoder.text(input, from, end);
            broken = packet instanceof SocketIoPacket.Malformed;
            relay(packet, input.length);
            kinds++;
            hash = 31 * hash + packet.getClass().getSimpleName().hashCode();
            from = end + 1;
        }
        return List.of(kinds, hash);
    }

    private static void relay(SocketIoPacket packet, int received) {
        switch (packet) {
            case SocketIoPacket.Event event
            when event.args() != null -> {
                assertFalse(SocketIoEncoder.RESERVED_EVENTS.contains(event.name()));
                EncodedPacket relayed =
                        SocketIoEncoder.event("/", event.name(), event.args().toArray(), null, event.ackId());
                assertSize(relayed, received);
                SocketIoPacket again = decoded(relayed);
                assertTrue(again instanceof SocketIoPacket.Event, "is no event any more");
                SocketIoPacket.Event second = (SocketIoPacket.Event) again;
                assertEquals(event.name(), second.name());
                assertEquals(event.ackId(), second.ackId());
                assertEquals(
                        text(relayed),
                        text(SocketIoEncoder.event(
                                "/", second.name(), second.args().toArray(), null, second.ackId())));
            }
            case SocketIoPacket.Acknowledgement ack
            when ack.args() != null -> {
                assertTrue(ack.ackId() >= 0);
                assertSize(SocketIoEncoder.ack("/", ack.ackId(), ack.args().toArray()), received);
            }
            case SocketIoPacket.Connect connect ->
                assertTrue(connect.namespace().startsWith("/")
                        && connect.namespace().length() <= 256);
            case SocketIoPacket.Disconnect left -> assertTrue(left.namespace().startsWith("/"));
            default -> {}
        }
    }

    /** Six bytes of an escape for one of a control character, and numbers in their longest form. */
    private static void assertSize(EncodedPacket relayed, int received) {
        int binary =
                relayed.attachments().stream().mapToInt(OutboundFrame::size).sum();
        assertTrue(binary <= received, "of " + received + " bytes " + binary + " are passed on as attachments");
        assertTrue(relayed.size() <= 6 * received + 100, received + " bytes became " + relayed.size());
    }

    private static SocketIoPacket decoded(EncodedPacket packet) {
        SocketIoDecoder decoder = new SocketIoDecoder(Integer.MAX_VALUE);
        byte[] text = packet.text().bytes();
        SocketIoPacket decoded = decoder.text(text, 1, text.length);
        for (OutboundFrame attachment : packet.attachments()) {
            decoded = decoder.binary(attachment.bytes());
        }
        return decoded;
    }

    private static String text(EncodedPacket packet) {
        return new String(packet.text().bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
