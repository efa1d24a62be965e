package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulcastConsumerTest {
    private static final String[] RIDS = {"lo", "mid", "hi"};

    private final ForwardingBench bench = new ForwardingBench();
    private final Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8Simulcast("1", RIDS));
    private final int[] next = {100, 20_000, 65_530};

    /** A frame of one encoding, whose payload length tells which. */
    private void frame(int layer, boolean keyFrame, int temporalLayer) {
        int number = next[layer]++;
        RtpBytes packet = RtpBytes.packet(1 + layer, ClientParameters.VP8, number & 0xFFFF, number * 3_000L)
                .vp8(keyFrame, number & 0x7FFF, number & 0xFF, temporalLayer, 100 * (layer + 1))
                .extension(ClientParameters.MID_ID, "1")
                .extension(ClientParameters.RID_ID, RIDS[layer]);
        bench.publish(packet);
    }

    private void frames(boolean keyFrame, int... layers) {
        for (int layer : layers) {
            frame(layer, keyFrame, 0);
        }
    }

    /** The layers of what the subscriber got since the last call. */
    private List<Integer> received() {
        List<Integer> layers = bench.toSubscriber.rtp.stream()
                .map(bytes -> {
                    RtpPacket packet = new RtpPacket();
                    packet.wrap(bytes, 0, bytes.length);
                    return packet.payloadLength() / 100 - 1;
                })
                .toList();
        bench.toSubscriber.clear();
        return layers;
    }

    @Test
    void sendsTheHighestLayerThatArrives() {
        frames(true, 0, 1, 2);
        bench.consume(producer);
        frames(true, 0, 1, 2);
        frames(false, 0, 1, 2);
        assertEquals(List.of(2, 2), received());
        assertEquals(List.of("2/2"), bench.layerChanges);
    }

    @Test
    void startsWithWhatArrivesAndRisesWhenMoreDoes() {
        bench.consume(producer);
        frames(true, 0);
        bench.pass(40);
        frames(true, 0);
        assertEquals(List.of(0), received());
        frames(false, 2);
        bench.pass(20);
        frames(false, 0, 2);
        assertEquals(List.of(0), received(), "until its key frame comes");
        assertTrue(bench.toPublisher.pictureLosses().contains(3L));
        frames(true, 2);
        frames(false, 0, 2);
        assertEquals(List.of(2, 2), received());
    }

    @Test
    void fallsToALowerLayerWhenTheSenderStopsTheHigher() {
        bench.consume(producer);
        frames(true, 0, 1, 2);
        bench.pass(40);
        frames(true, 0, 1, 2);
        assertEquals(List.of(2), received());
        for (int i = 0; i < 60; i++) {
            frames(false, 0, 1);
            bench.pass(20);
        }
        frames(true, 0, 1);
        frames(false, 1);
        assertEquals(List.of(1, 1), received());
    }

    @Test
    void keepsTheSeriesContinuousAcrossLayers() {
        Consumer consumer = bench.consume(producer);
        frames(true, 0, 1, 2);
        bench.pass(40);
        frames(true, 0, 1, 2);
        bench.pass(40);
        consumer.setPreferredLayers(0, 2, bench.nowNanos);
        frames(true, 0, 1, 2);
        bench.pass(40);
        frames(false, 0, 1, 2);
        consumer.setPreferredLayers(1, 2, bench.nowNanos);
        bench.pass(40);
        frames(true, 0, 1, 2);

        List<Integer> numbers = bench.toSubscriber.sequenceNumbers();
        long timestamp = bench.toSubscriber.packet(0).timestamp();
        for (int i = 1; i < numbers.size(); i++) {
            assertEquals(numbers.get(i - 1) + 1 & 0xFFFF, numbers.get(i));
            long step = bench.toSubscriber.packet(i).timestamp() - timestamp & 0xFFFF_FFFFL;
            assertTrue(step > 0 && step < 90_000, "timestamps go on, too: " + step);
            timestamp = bench.toSubscriber.packet(i).timestamp();
        }
        assertEquals(List.of(2, 0, 0, 0, 1), received());
        assertEquals(List.of("2/2", "0/2", "1/2"), bench.layerChanges);
    }

    @Test
    void prefersTheNearestLayerBelowOneThatDoesNotExist() {
        Consumer consumer = bench.consume(producer);
        frames(true, 0, 1, 2);
        consumer.setPreferredLayers(9, 9, bench.nowNanos);
        frames(true, 0, 1, 2);
        assertEquals(List.of(2), received());
    }

    @Test
    void leavesOutTemporalLayersAboveThePreferredWithoutAGap() {
        Consumer consumer = bench.consume(producer);
        frames(true, 0);
        consumer.setPreferredLayers(0, 0, bench.nowNanos);
        bench.pass(20);
        frame(0, true, 0);
        frame(0, false, 2);
        frame(0, false, 1);
        frame(0, false, 2);
        frame(0, false, 0);
        List<Integer> numbers = bench.toSubscriber.sequenceNumbers();
        assertEquals(2, numbers.size());
        assertEquals(numbers.get(0) + 1, numbers.get(1));
    }

    @Test
    void tellsWhenItStopsSending() {
        Consumer consumer = bench.consume(producer);
        frames(true, 0);
        bench.pass(20);
        frames(true, 0);
        consumer.pause(bench.nowNanos);
        assertEquals(List.of("0/2", "-1/-1"), bench.layerChanges);
        assertFalse(consumer.figures(bench.nowNanos).active());
    }
}
