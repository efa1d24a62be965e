package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PLI and NACK of RFC 4585, FIR of RFC 5104, REMB of draft-alvestrand-rmcat-remb. */
class RtcpFeedbackTest {
    private final byte[] buffer = new byte[4000];

    @Test
    void readsAndWritesAPictureLossIndication() {
        byte[] expected = hex("81CE0002 00000001 FFFFFFFE");
        assertArrayEquals(expected, Arrays.copyOf(buffer, PictureLossIndication.write(buffer, 0, 1, 0xFFFFFFFEL)));
        PictureLossIndication indication = new PictureLossIndication();
        assertTrue(indication.wrap(expected, 0, 12));
        assertEquals(1, indication.senderSsrc());
        assertEquals(0xFFFFFFFEL, indication.mediaSsrc());
        assertFalse(indication.wrap(hex("84CE0002 00000001 FFFFFFFE"), 0, 12), "another format");
        assertFalse(indication.wrap(hex("81CD0002 00000001 FFFFFFFE"), 0, 12), "another type");
        assertEquals(0, indication.mediaSsrc());
    }

    @Test
    void readsAndWritesAFullIntraRequest() {
        byte[] expected = hex("84CE0004 00000001 00000000 AABBCCDD FE000000");
        assertArrayEquals(expected, Arrays.copyOf(buffer, FullIntraRequest.write(buffer, 0, 1, 0xAABBCCDDL, 0x1FE)));
        FullIntraRequest request = new FullIntraRequest();
        byte[] two = hex("84CE0006 00000001 00000000 AABBCCDD FE000000 00000002 03000000");
        assertTrue(request.wrap(two, 0, two.length));
        assertEquals(2, request.entryCount());
        assertEquals(0xAABBCCDDL, request.ssrc(0));
        assertEquals(254, request.sequenceNumber(0));
        assertEquals(2, request.ssrc(1));
        assertEquals(3, request.sequenceNumber(1));
        assertFalse(request.wrap(hex("84CE0002 00000001 00000000"), 0, 12));
        assertEquals(0, request.entryCount());
    }

    @Test
    void readsANackItemByItem() {
        byte[] bytes = hex("81CD0004 00000001 00000002 FFFF8001 00100000");
        GenericNack nack = new GenericNack();
        assertTrue(nack.wrap(bytes, 0, bytes.length));
        assertEquals(2, nack.mediaSsrc());
        assertEquals(2, nack.itemCount());
        int[] missing = new int[40];
        assertArrayEquals(new int[] {0xFFFF, 0, 15, 16}, Arrays.copyOf(missing, nack.copySequenceNumbers(missing)));
        assertEquals(3, nack.copySequenceNumbers(new int[3]));
        assertFalse(nack.wrap(hex("81CD0002 00000001 00000002"), 0, 12), "nothing missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40000, 65000, 65500, 65518, 65519, 65520, 65534, 65535})
    void writesAnySetOfNumbersInAscendingOrder(int start) {
        Random random = new Random(start);
        for (int round = 0; round < 50; round++) {
            TreeSet<Integer> steps = new TreeSet<>();
            for (int i = random.nextInt(1, 100); i > 0; i--) {
                steps.add(random.nextInt(300));
            }
            int[] numbers =
                    steps.stream().mapToInt(step -> (start + step) & 0xFFFF).toArray();
            int length = GenericNack.write(buffer, 0, 1, 2, numbers, numbers.length);
            assertTrue(length <= GenericNack.maximumLength(numbers.length));
            GenericNack nack = new GenericNack();
            assertTrue(nack.wrap(buffer, 0, length));
            int[] read = new int[numbers.length + 1];
            assertEquals(numbers.length, nack.copySequenceNumbers(read));
            assertArrayEquals(numbers, Arrays.copyOf(read, numbers.length));
        }
    }

    @Test
    void packsSeventeenNeighboursIntoOneItem() {
        int[] numbers = new int[18];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (65530 + i) & 0xFFFF;
        }
        assertEquals(16, GenericNack.write(buffer, 0, 1, 2, numbers, 17));
        assertEquals(20, GenericNack.write(buffer, 0, 1, 2, numbers, 18));
    }

    /** Mantissa 0x3FFFF, exponent 2: 1,048,572 bit/s for two streams. */
    @Test
    void readsAndWritesAnEstimate() {
        byte[] expected = hex("8FCE0006 00000001 00000000 52454D42 020BFFFF 00000005 00000006");
        long[] ssrcs = {5, 6};
        int length = ReceiverEstimatedMaximumBitrate.write(buffer, 0, 1, 1_048_575, ssrcs, 2);
        assertArrayEquals(expected, Arrays.copyOf(buffer, length));
        ReceiverEstimatedMaximumBitrate estimate = new ReceiverEstimatedMaximumBitrate();
        assertTrue(estimate.wrap(expected, 0, expected.length));
        assertEquals(1_048_572, estimate.bitrateBps());
        assertEquals(2, estimate.ssrcCount());
        assertEquals(6, estimate.ssrc(1));
    }

    @Test
    void losesLessThanOneInAHundredThousandOfAnyBitrate() {
        ReceiverEstimatedMaximumBitrate estimate = new ReceiverEstimatedMaximumBitrate();
        for (long bitrate = 1; bitrate > 0 && bitrate < 1L << 60; bitrate = bitrate * 3 + 1) {
            int length = ReceiverEstimatedMaximumBitrate.write(buffer, 0, 1, bitrate, new long[] {5}, 1);
            assertTrue(estimate.wrap(buffer, 0, length));
            assertTrue(estimate.bitrateBps() <= bitrate);
            assertTrue(bitrate - estimate.bitrateBps() <= bitrate / 100_000, "bitrate " + bitrate);
        }
        byte[] beyond = hex("8FCE0004 00000001 00000000 52454D42 00FFFFFF");
        assertTrue(estimate.wrap(beyond, 0, beyond.length));
        assertEquals(Long.MAX_VALUE, estimate.bitrateBps());
        byte[] zero = hex("8FCE0004 00000001 00000000 52454D42 00FC0000");
        assertTrue(estimate.wrap(zero, 0, zero.length));
        assertEquals(0, estimate.bitrateBps());
    }

    @Test
    void refusesOtherApplicationFeedbackAndMissingStreams() {
        ReceiverEstimatedMaximumBitrate estimate = new ReceiverEstimatedMaximumBitrate();
        byte[] other = hex("8FCE0004 00000001 00000000 52454D43 000BFFFF");
        assertFalse(estimate.wrap(other, 0, other.length));
        byte[] missing = hex("8FCE0004 00000001 00000000 52454D42 010BFFFF");
        assertFalse(estimate.wrap(missing, 0, missing.length));
        assertEquals(0, estimate.ssrcCount());
        assertEquals(0, estimate.bitrateBps());
    }
}
