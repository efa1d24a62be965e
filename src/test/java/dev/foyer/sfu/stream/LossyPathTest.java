package dev.foyer.sfu.stream;

import static dev.foyer.sfu.stream.StreamHarness.MS;
import static dev.foyer.sfu.stream.StreamHarness.vp8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtp.NetworkOrder;
import dev.foyer.protocol.rtp.RtpBytes;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publisher, the server's two sides and a subscriber over a simulated network that loses, delays and reorders. */
class LossyPathTest {
    private static final int PACKETS = 6000;
    private static final double LOSS = 0.05;
    private static final int NOBODY = -1;

    private enum End {
        SERVER_MEDIA,
        SERVER_NACK,
        PUBLISHER_NACK,
        SUBSCRIBER
    }

    private static final class Flight {
        final long at;
        final int order;
        final End end;
        final byte[] bytes;

        Flight(long at, int order, End end, byte[] bytes) {
            this.at = at;
            this.order = order;
            this.end = end;
            this.bytes = bytes;
        }
    }

    private final PriorityQueue<Flight> network = new PriorityQueue<>(
            Comparator.<Flight>comparingLong(flight -> flight.at).thenComparingInt(flight -> flight.order));
    private final Map<Integer, byte[]> published = new HashMap<>();
    private final TreeMap<Long, Integer> played = new TreeMap<>();
    private final RtpStreamReceiver server = StreamHarness.receiver(1);
    private final RtpStreamSender sender = StreamHarness.sender(true, true);
    private final RtpStreamReceiver subscriber =
            new RtpStreamReceiver(new RtpStreamSettings(0xAAAA, 100, "video/VP8", StreamHarness.CLOCK, true, 0));
    private final byte[] buffer = new byte[1600];
    private Random random = new Random(0);
    private int order;
    private long now;
    private int last;

    private void fly(End end, byte[] bytes) {
        if (random.nextDouble() >= LOSS) {
            network.add(new Flight(now + 20 * MS + random.nextLong(8 * MS), order++, end, bytes));
        }
    }

    private static RtpPacket packet(byte[] bytes) {
        return RtpBytes.packet(bytes.clone());
    }

    /** Every packet that the publisher sent reaches the subscriber, numbered without a gap from the first to the last. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60_000, 65_535})
    void repairsLossOnBothSides(int start) {
        random = new Random(start);
        last = (start + PACKETS - 1) & 0xFFFF;
        for (int i = 0; i < PACKETS + 600; i++) {
            now = i * 5L * MS;
            if (i < PACKETS) {
                int number = (start + i) & 0xFFFF;
                byte[] bytes =
                        vp8(1, number, i * 450L, i == 0, i & 0x7FFF, i, 0).buffer();
                published.put(number, bytes);
                // The ends of a stream cannot be missed by who sees nothing beyond them.
                if (i == 0 || i == PACKETS - 1) {
                    arrive(new Flight(now, 0, End.SERVER_MEDIA, bytes));
                } else {
                    fly(End.SERVER_MEDIA, bytes);
                }
            }
            while (!network.isEmpty() && network.peek().at <= now) {
                arrive(network.remove());
            }
            ask();
        }
        assertEquals(PACKETS, played.size());
        long first = played.firstKey();
        for (Map.Entry<Long, Integer> entry : played.entrySet()) {
            assertEquals((int) (start + entry.getKey() - first) & 0xFFFF, entry.getValue());
        }
        assertTrue(server.recoveredCount() > PACKETS * LOSS / 2);
        assertTrue(subscriber.recoveredCount() > PACKETS * LOSS / 2);
        assertEquals(0, sender.refusedCount());
    }

    private void ask() {
        int length = server.writeNack(buffer, 0, 9, now);
        if (length > 0) {
            fly(End.PUBLISHER_NACK, Arrays.copyOf(buffer, length));
        }
        length = subscriber.writeNack(buffer, 0, 9, now);
        if (length > 0) {
            fly(End.SERVER_NACK, Arrays.copyOf(buffer, length));
        }
    }

    private void arrive(Flight flight) {
        switch (flight.end) {
            case SERVER_MEDIA -> atServer(packet(flight.bytes));
            case SUBSCRIBER -> atSubscriber(packet(flight.bytes));
            case PUBLISHER_NACK -> {
                for (int number : missing(flight.bytes)) {
                    byte[] original = published.get(number);
                    assertNotNull(original, "asked for what was never sent");
                    fly(End.SERVER_MEDIA, rtx(original));
                }
            }
            case SERVER_NACK -> {
                for (int number : missing(flight.bytes)) {
                    int length = sender.retransmit(number, buffer, 0, now);
                    if (length > 0) {
                        fly(End.SUBSCRIBER, Arrays.copyOf(buffer, length));
                    }
                }
            }
        }
    }

    private static int[] missing(byte[] bytes) {
        RtcpReader reader = new RtcpReader().wrap(bytes, 0, bytes.length);
        GenericNack nack = new GenericNack();
        assertTrue(reader.next() && nack.wrap(reader));
        int[] numbers = new int[300];
        Arrays.fill(numbers, NOBODY);
        return Arrays.copyOf(numbers, nack.copySequenceNumbers(numbers));
    }

    private static byte[] rtx(byte[] original) {
        RtpPacket packet = new RtpPacket();
        byte[] bytes = Arrays.copyOf(original, original.length + RtxPacket.OVERHEAD);
        assertTrue(packet.wrap(bytes, 0, original.length));
        RtxPacket.wrap(packet, 97, 2, 0);
        return bytes;
    }

    private void atServer(RtpPacket packet) {
        boolean again = packet.ssrc() == 2;
        RtpStreamReceiver.Outcome outcome = again ? server.recover(packet, now) : server.receive(packet, now);
        if (outcome.isForwarded()) {
            int length = sender.forward(packet, server, buffer, 0, now);
            if (played.isEmpty() || packet.sequenceNumber() == last) {
                arrive(new Flight(now, 0, End.SUBSCRIBER, Arrays.copyOf(buffer, length)));
            } else {
                fly(End.SUBSCRIBER, Arrays.copyOf(buffer, length));
            }
        }
    }

    private void atSubscriber(RtpPacket packet) {
        boolean again = packet.ssrc() == 0xBBBB;
        RtpStreamReceiver.Outcome outcome = again ? subscriber.recover(packet, now) : subscriber.receive(packet, now);
        if (outcome.isForwarded()) {
            int original = NetworkOrder.u16(packet.buffer(), packet.payloadOffset() + packet.payloadLength() - 2);
            played.put(subscriber.statistics().extend(packet.sequenceNumber()), original);
        }
    }
}
