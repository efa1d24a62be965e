package dev.foyer.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
    private static final int SSRC = 0xCAFEBABE;
    private static final int OFFSET = 7;

    private final Random random = new Random(1);

    @ParameterizedTest
    @EnumSource
    void protectsAsTheReferenceDoesThroughRollovers(SrtpProfile profile) {
        byte[] material = random(profile.exportedLength());
        SrtpKeys keys = SrtpKeys.ofExported(profile, material, true);
        ReferenceSrtp reference = new ReferenceSrtp(profile, keys.sendKey(), keys.sendSalt());
        SrtpSession session = new SrtpSession(keys);
        for (long index = 30_000; index < 4 * 65_536; index += 1 + random.nextInt(97)) {
            boolean extended = random.nextBoolean();
            byte[] packet = rtp(SSRC, (int) index, extended, random.nextInt(200));
            assertArrayEquals(
                    reference.protectRtp(packet, extended ? 24 : 12, index),
                    protect(session, packet),
                    "index " + index);
        }
    }

    @ParameterizedTest
    @EnumSource
    void protectsReportsAsTheReferenceDoes(SrtpProfile profile) {
        SrtpKeys keys = keys(profile);
        ReferenceSrtp reference = new ReferenceSrtp(profile, keys.sendKey(), keys.sendSalt());
        SrtpSession session = new SrtpSession(keys);
        for (int index = 0; index < 100; index++) {
            byte[] packet = rtcp(SSRC, 4 * random.nextInt(20));
            assertArrayEquals(reference.protectRtcp(packet, index), protectRtcp(session, packet), "index " + index);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothEndsOfOneExportUnderstandEachOther(SrtpProfile profile) {
        byte[] material = random(profile.exportedLength());
        SrtpSession client = new SrtpSession(SrtpKeys.ofExported(profile, material, true));
        SrtpSession server = new SrtpSession(SrtpKeys.ofExported(profile, material, false));
        byte[] packet = rtp(SSRC, 9, true, 50);
        byte[] report = rtcp(SSRC, 24);

        assertArrayEquals(packet, unprotect(server, protect(client, packet)));
        assertArrayEquals(packet, unprotect(client, protect(server, packet)));
        assertArrayEquals(report, unprotectRtcp(server, protectRtcp(client, report)));
        assertArrayEquals(report, unprotectRtcp(client, protectRtcp(server, report)));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsEachPacketOnceWithinTheWindow(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[][] sent = new byte[1100][];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = protect(pair.sender, rtp(SSRC, 64_900 + i, false, 20));
        }
        assertTrue(receive(pair.receiver, sent[0]) > 0);
        assertTrue(receive(pair.receiver, sent[sent.length - 1]) > 0);
        for (int i = sent.length - 2; i > sent.length - 1 - ReplayWindow.SIZE; i--) {
            assertTrue(receive(pair.receiver, sent[i]) > 0, "late packet " + i);
            assertEquals(SrtpSession.REPLAYED, receive(pair.receiver, sent[i]));
        }
        assertEquals(SrtpSession.REPLAYED, receive(pair.receiver, sent[10]), "older than the window");
    }

    @ParameterizedTest
    @EnumSource
    void refusesReplayedReports(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] report = protectRtcp(pair.sender, rtcp(SSRC, 24));

        assertTrue(receiveRtcp(pair.receiver, report) > 0);
        assertEquals(SrtpSession.REPLAYED, receiveRtcp(pair.receiver, report));
        assertEquals(1, pair.receiver.count(SrtpSession.REPLAYED));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToProtectAnIndexTwice(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] buffer = Arrays.copyOf(rtp(SSRC, 100, false, 10), 200);
        assertTrue(pair.sender.protectRtp(buffer, 0, 22) > 0);

        byte[] again = Arrays.copyOf(rtp(SSRC, 100, false, 10), 200);
        assertEquals(SrtpSession.REPLAYED, pair.sender.protectRtp(again, 0, 22));
    }

    @ParameterizedTest
    @EnumSource
    void meetsAStreamWhoseFirstPacketsWereLostAroundTheWrap(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] last = protect(pair.sender, rtp(SSRC, 65_535, false, 30));
        byte[] wrapped = rtp(SSRC, 65_536 + 3, false, 30);

        assertArrayEquals(wrapped, unprotect(pair.receiver, protect(pair.sender, wrapped)));
        assertTrue(receive(pair.receiver, last) > 0, "the reordered one from before the wrap");
    }

    @ParameterizedTest
    @EnumSource
    void continuesAReleasedStreamWithItsRollover(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] early = protect(pair.sender, rtp(SSRC, 100, false, 5));
        assertTrue(receive(pair.receiver, early) > 0);
        for (int index = 20_000; index < 3 * 65_536; index += 20_000) {
            assertTrue(receive(pair.receiver, protect(pair.sender, rtp(SSRC, index, false, 5))) > 0);
        }
        pair.receiver.releaseReceiveSsrc(SSRC & 0xFFFFFFFFL);

        assertEquals(SrtpSession.AUTHENTICATION_FAILED, receive(pair.receiver, early));
        assertTrue(receive(pair.receiver, protect(pair.sender, rtp(SSRC, 3 * 65_536, false, 5))) > 0);
    }

    @ParameterizedTest
    @EnumSource
    void forgedPacketsLeaveNothingBehindAndStopNoNewStream(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        for (int i = 0; i < 1000; i++) {
            assertEquals(SrtpSession.AUTHENTICATION_FAILED, receive(pair.receiver, rtp(0x1000 + i, i, false, 60)));
            byte[] report = rtcp(0x1000 + i, 40);
            report[report.length - 4] |= (byte) 0x80;
            report[report.length - 14] |= (byte) 0x80;
            assertEquals(SrtpSession.AUTHENTICATION_FAILED, receiveRtcp(pair.receiver, report));
        }
        assertEquals(0, pair.receiver.receiveSsrcs());
        assertEquals(0, pair.receiver.receiveReportSsrcs());

        int lost = 0;
        while (lost < 100 && receive(pair.receiver, protect(pair.sender, rtp(SSRC, 500 + lost, false, 5))) < 0) {
            lost++;
        }
        assertTrue(lost <= 15, lost + " packets lost");
    }

    @ParameterizedTest
    @EnumSource
    void boundsTheStreamsItReceivesAndMakesRoomFromReleasedOnes(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        for (int ssrc = 0; ssrc < SrtpSession.MAX_RECEIVE_SSRCS; ssrc++) {
            assertTrue(receive(pair.receiver, protect(pair.sender, rtp(ssrc, 1, false, 5))) > 0);
            assertTrue(receiveRtcp(pair.receiver, protectRtcp(pair.sender, rtcp(ssrc, 4))) > 0);
        }
        assertEquals(SrtpSession.SSRC_LIMIT, receive(pair.receiver, protect(pair.sender, rtp(9999, 1, false, 5))));
        assertEquals(SrtpSession.SSRC_LIMIT, receiveRtcp(pair.receiver, protectRtcp(pair.sender, rtcp(9999, 4))));
        assertEquals(SrtpSession.MAX_RECEIVE_SSRCS, pair.receiver.receiveSsrcs());

        pair.receiver.releaseReceiveSsrc(17);

        assertTrue(receive(pair.receiver, protect(pair.sender, rtp(9999, 2, false, 5))) > 0);
        assertTrue(receiveRtcp(pair.receiver, protectRtcp(pair.sender, rtcp(9999, 4))) > 0);
        assertEquals(SrtpSession.MAX_RECEIVE_SSRCS, pair.receiver.receiveSsrcs());
    }

    @ParameterizedTest
    @EnumSource
    void refusesARetiredSsrcForGood(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        protect(pair.sender, rtp(SSRC, 1, false, 5));
        pair.sender.retireSendSsrc(SSRC & 0xFFFFFFFFL);

        byte[] packet = Arrays.copyOf(rtp(SSRC, 2, false, 5), 100);
        assertEquals(SrtpSession.FAILED, pair.sender.protectRtp(packet, 0, 17));
        byte[] report = Arrays.copyOf(rtcp(SSRC, 4), 100);
        assertEquals(SrtpSession.FAILED, pair.sender.protectRtcp(report, 0, 12));
    }

    @ParameterizedTest
    @EnumSource
    void survivesEveryTruncationAndEveryFlippedBit(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] media = protect(pair.sender, rtp(SSRC, 1, true, 20));
        byte[] report = protectRtcp(pair.sender, rtcp(SSRC, 24));
        for (int length = 0; length < media.length; length++) {
            assertTrue(receive(pair.receiver, Arrays.copyOf(media, length)) < 0, "cut to " + length);
        }
        for (int length = 0; length < report.length; length++) {
            assertTrue(receiveRtcp(pair.receiver, Arrays.copyOf(report, length)) < 0, "cut to " + length);
        }
        for (int bit = 0; bit < 8 * media.length; bit++) {
            assertTrue(receive(new SrtpSession(pair.keys.reversed()), flipped(media, bit)) < 0, "bit " + bit);
        }
        for (int bit = 0; bit < 8 * report.length; bit++) {
            assertTrue(receiveRtcp(new SrtpSession(pair.keys.reversed()), flipped(report, bit)) < 0, "bit " + bit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesNoise(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        assertTrue(receive(pair.receiver, protect(pair.sender, rtp(SSRC, 1, true, 20))) > 0);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = random(random.nextInt(120));
            if (noise.length > 12 && random.nextBoolean()) {
                noise[0] = (byte) (0x80 | random.nextInt(64));
                ByteBuffer.wrap(noise).putInt(8, SSRC);
            }
            assertTrue(receive(pair.receiver, noise) < 0);
            assertTrue(receiveRtcp(pair.receiver, noise) < 0);
            byte[] sent = Arrays.copyOf(noise, noise.length + SrtpSession.MAX_OVERHEAD);
            pair.sender.protectRtp(sent, 0, noise.length);
            pair.sender.protectRtcp(sent, 0, noise.length);
        }
        assertEquals(1, pair.receiver.receiveSsrcs());
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingInClearWhenTheArrayHasNoRoom(SrtpProfile profile) {
        SrtpSession session = new SrtpSession(keys(profile));
        byte[] packet = rtp(SSRC, 1, false, 20);
        byte[] report = rtcp(SSRC, 8);

        assertEquals(SrtpSession.FAILED, session.protectRtp(packet, 0, packet.length));
        assertEquals(SrtpSession.FAILED, session.protectRtcp(report, 0, report.length));
    }

    @ParameterizedTest
    @EnumSource
    void allocatesAtMostACopyOfThePacketForEachOperation(SrtpProfile profile) {
        Pair pair = new Pair(profile);
        byte[] buffer = Arrays.copyOf(rtp(SSRC, 0, false, 1100), 1112 + SrtpSession.MAX_OVERHEAD);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int packets = 10_000;
        // The library measures at start which cipher is fastest: OpenSSL's copies nothing, the JDK's copies a packet.
        // Beside that it makes an IV object (GCM) or a tag (HMAC) each time, about 100 bytes an operation once
        // compiled.
        long most = 2 * (1112 + 300);
        long least = Long.MAX_VALUE;
        // Steady state is reached when the compiler is done, which takes longer on a busy machine.
        for (int round = 0; round < 50 && least > most; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < packets; i++) {
                int sequenceNumber = round * packets + i;
                buffer[2] = (byte) (sequenceNumber >> 8);
                buffer[3] = (byte) sequenceNumber;
                int length = pair.sender.protectRtp(buffer, 0, 1112);
                assertEquals(1112, pair.receiver.unprotectRtp(buffer, 0, length));
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / packets);
        }
        assertTrue(least <= most, least + " bytes for protecting and unprotecting a packet");
    }

    @ParameterizedTest
    @EnumSource
    void neverPrintsKeys(SrtpProfile profile) {
        assertEquals("SrtpKeys[" + profile + "]", keys(profile).toString());
    }

    private SrtpKeys keys(SrtpProfile profile) {
        return SrtpKeys.ofExported(profile, random(profile.exportedLength()), true);
    }

    private byte[] rtp(int ssrc, int index, boolean extended, int payload) {
        int header = extended ? 24 : 12;
        byte[] packet = random(header + payload);
        ByteBuffer view = ByteBuffer.wrap(packet);
        packet[0] = (byte) (extended ? 0x90 : 0x80);
        packet[1] = 111;
        view.putShort(2, (short) index);
        view.putInt(8, ssrc);
        if (extended) {
            view.putInt(12, 0xBEDE0002);
        }
        return packet;
    }

    private byte[] rtcp(int ssrc, int body) {
        byte[] packet = random(8 + body);
        packet[0] = (byte) 0x81;
        packet[1] = (byte) 200;
        ByteBuffer.wrap(packet).putShort(2, (short) (packet.length / 4 - 1)).putInt(4, ssrc);
        return packet;
    }

    private static byte[] protect(SrtpSession session, byte[] packet) {
        byte[] buffer = new byte[OFFSET + packet.length + SrtpSession.MAX_OVERHEAD];
        System.arraycopy(packet, 0, buffer, OFFSET, packet.length);
        int length = session.protectRtp(buffer, OFFSET, packet.length);
        assertEquals(packet.length + session.profile().rtpOverhead(), length);
        return Arrays.copyOfRange(buffer, OFFSET, OFFSET + length);
    }

    private static byte[] protectRtcp(SrtpSession session, byte[] packet) {
        byte[] buffer = new byte[OFFSET + packet.length + SrtpSession.MAX_OVERHEAD];
        System.arraycopy(packet, 0, buffer, OFFSET, packet.length);
        int length = session.protectRtcp(buffer, OFFSET, packet.length);
        assertEquals(packet.length + session.profile().rtcpOverhead(), length);
        return Arrays.copyOfRange(buffer, OFFSET, OFFSET + length);
    }

    private static byte[] unprotect(SrtpSession session, byte[] packet) {
        byte[] buffer = new byte[OFFSET + packet.length];
        System.arraycopy(packet, 0, buffer, OFFSET, packet.length);
        int length = session.unprotectRtp(buffer, OFFSET, packet.length);
        assertTrue(length > 0, "outcome " + length);
        return Arrays.copyOfRange(buffer, OFFSET, OFFSET + length);
    }

    private static byte[] unprotectRtcp(SrtpSession session, byte[] packet) {
        byte[] buffer = new byte[OFFSET + packet.length];
        System.arraycopy(packet, 0, buffer, OFFSET, packet.length);
        int length = session.unprotectRtcp(buffer, OFFSET, packet.length);
        assertTrue(length > 0, "outcome " + length);
        return Arrays.copyOfRange(buffer, OFFSET, OFFSET + length);
    }

    private static int receive(SrtpSession session, byte[] packet) {
        return session.unprotectRtp(packet.clone(), 0, packet.length);
    }

    private static int receiveRtcp(SrtpSession session, byte[] packet) {
        return session.unprotectRtcp(packet.clone(), 0, packet.length);
    }

    private static byte[] flipped(byte[] packet, int bit) {
        byte[] copy = packet.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A sender and the receiver of what it sends. */
    private final class Pair {
        final SrtpKeys keys;
        final SrtpSession sender;
        final SrtpSession receiver;

        Pair(SrtpProfile profile) {
            keys = keys(profile);
            sender = new SrtpSession(keys);
            receiver = new SrtpSession(keys.reversed());
        }
    }
}
