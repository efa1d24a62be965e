package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.foyer.ortc.MediaKind;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The hot path between decryption and encryption allocates nothing in steady state. */
class ForwardingAllocationTest {
    private static final long SSRC = 0x4444_0001L;
    private static final int PACKETS = 10_000;
    private static final int CONSUMERS = 5;

    @Test
    void forwardsTenThousandPacketsWithoutAllocating() {
        ForwardingBench bench = new ForwardingBench();
        CountingOutput output = new CountingOutput();
        RtpSession subscriber = new RtpSession(bench.environment, output);
        subscriber.connected(true);
        RtpSession publisher = new RtpSession(bench.environment, new CountingOutput());
        publisher.connected(true);
        Traffic traffic = new Traffic(bench, publisher);
        traffic.open(subscriber);

        traffic.run(PACKETS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long idle = threads.getCurrentThreadAllocatedBytes() - before;
        long sentBefore = output.packets;
        before = threads.getCurrentThreadAllocatedBytes();
        traffic.run(PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - idle;

        assertEquals((long) PACKETS * CONSUMERS, output.packets - sentBefore);
        assertTrue(allocated < PACKETS, "bytes for " + PACKETS + " packets: " + allocated);
    }

    private static final class Traffic {
        private final ForwardingBench bench;
        private final RtpSession publisher;
        private final byte[] template = RtpBytes.packet(SSRC, ClientParameters.VP8, 0, 0)
                .extension(ClientParameters.MID_ID, "1")
                .extension(ClientParameters.TRANSPORT_WIDE_ID, new byte[] {0, 0})
                .vp8(false, 0, 0, 0, 1_100)
                .bytes();
        private final byte[] keyFrame = RtpBytes.packet(SSRC, ClientParameters.VP8, 0, 0)
                .extension(ClientParameters.MID_ID, "1")
                .extension(ClientParameters.TRANSPORT_WIDE_ID, new byte[] {0, 0})
                .vp8(true, 0, 0, 0, 1_100)
                .bytes();
        private final byte[] buffer = new byte[2048];
        private final ByteBuffer view = ByteBuffer.wrap(buffer);
        private RtpSession[] sessions = {};
        private int number;

        Traffic(ForwardingBench bench, RtpSession publisher) {
            this.bench = bench;
            this.publisher = publisher;
        }

        void open(RtpSession subscriber) {
            Producer producer = bench.produceOn(publisher, MediaKind.VIDEO, ClientParameters.vp8("1", SSRC), false);
            for (int i = 0; i < CONSUMERS; i++) {
                bench.consumeOn(subscriber, producer, false);
            }
            sessions = new RtpSession[] {publisher, subscriber};
        }

        /** A millisecond a packet, a key frame every thousand, a lost packet every hundred. */
        void run(int packets) {
            for (int i = 0; i < packets; i++) {
                number++;
                if (number % 100 == 0) {
                    number++;
                }
                byte[] source = number % 1000 == 1 ? keyFrame : template;
                System.arraycopy(source, 0, buffer, 0, source.length);
                view.putShort(2, (short) number).putInt(4, number * 90);
                bench.nowNanos += ForwardingBench.MILLI;
                bench.environment.now(bench.nowNanos);
                publisher.receiveRtp(buffer, 0, source.length, bench.nowNanos);
                if (i % SfuWorker.TICK_MILLIS == 0) {
                    for (RtpSession session : sessions) {
                        session.tick(bench.nowNanos);
                    }
                }
            }
        }
    }

    private static final class CountingOutput implements RtpSessionOutput {
        private long packets;

        @Override
        public boolean sendRtp(byte[] buffer, int offset, int length) {
            packets++;
            return true;
        }

        @Override
        public boolean sendRtcp(byte[] buffer, int offset, int length) {
            return true;
        }

        @Override
        public void releaseReceiveSsrc(long ssrc) {}

        @Override
        public void retireSendSsrc(long ssrc) {}
    }
}
