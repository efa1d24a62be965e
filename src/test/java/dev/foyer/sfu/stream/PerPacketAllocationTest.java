package dev.foyer.sfu.stream;

import static dev.foyer.sfu.stream.StreamHarness.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtcp.TransportFeedback;
import dev.foyer.protocol.rtp.HeaderExtensionReader;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.sfu.congestion.TransportFeedbackGenerator;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Counts what one thread allocates for 10,000 packets through everything that runs per packet here. */
class PerPacketAllocationTest {
    private static final int PACKETS = 10_000;

    private final RtpStreamReceiver receiver = StreamHarness.receiver(1);
    private final RtpStreamSender sender = StreamHarness.sender(true, true);
    private final TransportFeedbackGenerator arrivals = new TransportFeedbackGenerator();
    private final RtcpReader reader = new RtcpReader();
    private final GenericNack nack = new GenericNack();
    private final TransportFeedback feedback = new TransportFeedback();
    private final RtpPacket packet = new RtpPacket();
    private final RtpPacket rtx = new RtpPacket();
    private final byte[] source = StreamHarness.vp8(1, 0, 0, false, 0, 0, 0).buffer();
    private final byte[] working = new byte[1500];
    private final byte[] output = new byte[1500];
    private final int[] missing = new int[17];
    private int sequenceNumber = 60_000;
    private int forwarded;
    private long now;
    private long retransmitted;
    private long recovered;
    private long reported;

    @Test
    void allocatesNothingInSteadyState() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(4 * PACKETS);
        long id = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(id);
        long again = threads.getThreadAllocatedBytes(id);
        run(PACKETS);
        long after = threads.getThreadAllocatedBytes(id);
        assertEquals(0, after - again - (again - before));
        assertTrue(retransmitted > PACKETS / 200, "NACKs were answered");
        assertTrue(recovered > PACKETS / 200, "losses were repaired");
        assertTrue(reported > PACKETS, "arrivals were reported");
    }

    private void run(int packets) {
        for (int i = 0; i < packets; i++) {
            now += 3 * MS;
            sequenceNumber = (sequenceNumber + 1) & 0xFFFF;
            boolean lost = sequenceNumber % 50 == 0;
            if (!lost) {
                original(sequenceNumber);
                deliver(false);
            } else {
                arrivals.record(sequenceNumber, now);
            }
            if (sequenceNumber % 50 == 10) {
                repair((sequenceNumber - 10) & 0xFFFF);
            }
            if (sequenceNumber % 100 == 7 && rtx.wrap(output, 0, forwarded)) {
                retransmitted += sender.retransmit(rtx.sequenceNumber(), output, 0, now) > 0 ? 1 : 0;
            }
            report();
        }
    }

    private void original(int number) {
        System.arraycopy(source, 0, working, 0, source.length);
        assertTrue(packet.wrap(working, 0, source.length));
        packet.sequenceNumber(number);
        packet.timestamp(number * 3000L);
    }

    private void deliver(boolean retransmission) {
        RtpStreamReceiver.Outcome outcome =
                retransmission ? receiver.recover(packet, now) : receiver.receive(packet, now);
        arrivals.record(packet.sequenceNumber(), now);
        HeaderExtensionReader extensions = packet.extensions();
        extensions.find(3);
        if (outcome == RtpStreamReceiver.Outcome.RECOVERED) {
            recovered++;
        }
        if (outcome.isForwarded()) {
            forwarded = sender.forward(packet, receiver, output, 0, now);
        }
    }

    private void repair(int number) {
        if (now < receiver.nextNackNanos()) {
            return;
        }
        int length = receiver.writeNack(output, 0, 1, now);
        reader.wrap(output, 0, length);
        while (reader.next()) {
            if (nack.wrap(reader)) {
                nack.copySequenceNumbers(missing);
            }
        }
        original(number);
        RtxPacket.wrap(packet, 97, 2, number);
        deliver(true);
    }

    private void report() {
        int length;
        while ((length = arrivals.write(output, 0, 1, 2, now)) > 0) {
            reader.wrap(output, 0, length);
            while (reader.next()) {
                if (feedback.wrap(reader)) {
                    while (feedback.next()) {
                        reported++;
                    }
                }
            }
        }
    }
}
