package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.ortc.MediaKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundStreamsTest {
    private static final long SSRC = 0x0101_0101L;

    private final ForwardingBench bench = new ForwardingBench();

    private static RtpBytes video(long ssrc, int sequenceNumber) {
        return RtpBytes.packet(ssrc, ClientParameters.VP8, sequenceNumber, sequenceNumber * 3_000L)
                .vp8(true, sequenceNumber, sequenceNumber, 0, 50);
    }

    private static RtpBytes between(long ssrc, int sequenceNumber) {
        return RtpBytes.packet(ssrc, ClientParameters.VP8, sequenceNumber, sequenceNumber * 3_000L)
                .vp8(false, sequenceNumber & 0x7FFF, sequenceNumber & 0xFF, 0, 50);
    }

    private long unknown() {
        return bench.environment.counters.rtpUnknownSsrc;
    }

    @Test
    void findsSimulcastEncodingsByRidAndThenByTheirSsrc() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8Simulcast("1", "lo", "hi"));
        bench.publish(video(7, 1));
        assertEquals(1, unknown(), "neither ssrc nor rid is known");
        bench.publish(video(8, 1).extension(ClientParameters.MID_ID, "1").extension(ClientParameters.RID_ID, "hi"));
        assertEquals(8, producer.streams()[1].ssrc());
        assertNull(producer.streams()[0].receiver());
        bench.publish(video(8, 2));
        assertEquals(2, producer.streams()[1].receiver().statistics().received());
        assertEquals(1, unknown());
    }

    @Test
    void findsARidWithoutMidWhenOneProducerHasIt() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8Simulcast("1", "lo", "hi"));
        bench.produce(MediaKind.AUDIO, ClientParameters.opus("0", null));
        bench.publish(video(8, 1).extension(ClientParameters.RID_ID, "lo"));
        assertEquals(8, producer.streams()[0].ssrc());
    }

    @Test
    void doesNotGuessBetweenProducersWithOneRid() {
        bench.produce(MediaKind.VIDEO, ClientParameters.vp8Simulcast("1", "lo", "hi"));
        bench.produce(MediaKind.VIDEO, ClientParameters.vp8Simulcast("2", "lo", "hi"));
        bench.publish(video(8, 1).extension(ClientParameters.RID_ID, "lo"));
        assertEquals(1, unknown());
    }

    @Test
    void findsASingleEncodingByMid() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", null));
        bench.publish(video(9, 1).extension(ClientParameters.MID_ID, "2"));
        assertEquals(1, unknown());
        bench.publish(video(9, 1).extension(ClientParameters.MID_ID, "1"));
        assertEquals(9, producer.streams()[0].ssrc());
    }

    @Test
    void putsRetransmissionsBackByRepairedRid() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8Simulcast("1", "lo", "hi"));
        bench.publish(video(8, 1).extension(ClientParameters.MID_ID, "1").extension(ClientParameters.RID_ID, "lo"));
        bench.publish(video(8, 3));
        bench.publish(video(8, 2)
                .extension(ClientParameters.MID_ID, "1")
                .extension(ClientParameters.REPAIRED_RID_ID, "lo")
                .asRtx(18, ClientParameters.VP8_RTX, 900));
        assertEquals(18, producer.streams()[0].rtxSsrc());
        assertEquals(3, producer.streams()[0].receiver().statistics().received());
        assertEquals(0, producer.streams()[0].receiver().statistics().lost());
    }

    @Test
    void putsRetransmissionsBackByTheirSsrc() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC));
        bench.publish(between(SSRC, 65_535));
        bench.publish(between(SSRC, 1));
        bench.pass(40);
        assertEquals(List.of(0), bench.toPublisher.nacked());
        bench.publish(between(SSRC, 0).asRtx(SSRC + 1, ClientParameters.VP8_RTX, 7));
        assertEquals(1, producer.streams()[0].receiver().recoveredCount());
    }

    @Test
    void takesANewSsrcOfAnEncodingButNotManyAtOnce() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", null));
        for (int i = 0; i < 50; i++) {
            bench.publish(video(100 + i, 1).extension(ClientParameters.MID_ID, "1"));
        }
        assertEquals(48, unknown());
        bench.pass(1_020);
        bench.publish(video(900, 1).extension(ClientParameters.MID_ID, "1"));
        assertEquals(900, producer.streams()[0].ssrc());
        bench.publish(video(101, 2));
        assertEquals(49, unknown(), "the old ssrc is forgotten");
    }

    @Test
    void ignoresPayloadTypesThatWereNotNegotiated() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC));
        bench.publish(RtpBytes.packet(SSRC, 55, 1, 0));
        bench.publish(RtpBytes.packet(SSRC + 1, ClientParameters.VP8, 1, 0));
        bench.publish(RtpBytes.packet(77, 55, 1, 0).extension(ClientParameters.MID_ID, "1"));
        assertEquals(3, unknown());
        assertEquals(0, producer.streams()[0].receiver().statistics().received());
    }

    @Test
    void refusesAnSsrcOrAMidThatIsInUse() {
        bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC));
        assertRefused(() -> bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", 5L)));
        assertRefused(() -> bench.produce(MediaKind.VIDEO, ClientParameters.vp8("2", SSRC)));
        assertRefused(() -> bench.produce(MediaKind.AUDIO, ClientParameters.opus("2", SSRC + 1)));
        assertNotNull(bench.produce(MediaKind.AUDIO, ClientParameters.opus("2", SSRC + 2)));
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable attempt) {
        assertEquals(
                RefusalReason.INVALID_PARAMETERS,
                assertThrows(RefusedException.class, attempt).reason());
    }

    @Test
    void forgetsTheStreamsOfAClosedProducer() {
        Producer producer = bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC));
        bench.publisher.removeProducer(producer);
        bench.publish(video(SSRC, 1));
        assertEquals(1, unknown());
        assertNotNull(bench.produce(MediaKind.VIDEO, ClientParameters.vp8("1", SSRC)));
    }
}
