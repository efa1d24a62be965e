package dev.foyer.sfu;

import dev.foyer.protocol.rtcp.GenericNack;
import dev.foyer.protocol.rtcp.PictureLossIndication;
import dev.foyer.protocol.rtcp.RtcpReader;
import dev.foyer.protocol.rtcp.RtcpType;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what a session sends. */
final class SessionRecorder implements RtpSessionOutput {
    final List<byte[]> rtp = new ArrayList<>();
    final List<byte[]> rtcp = new ArrayList<>();
    final List<Long> retired = new ArrayList<>();

    @Override
    public boolean sendRtp(byte[] buffer, int offset, int length) {
        rtp.add(Arrays.copyOfRange(buffer, offset, offset + length));
        return true;
    }

    @Override
    public boolean sendRtcp(byte[] buffer, int offset, int length) {
        rtcp.add(Arrays.copyOfRange(buffer, offset, offset + length));
        return true;
    }

    @Override
    public void releaseReceiveSsrc(long ssrc) {}

    @Override
    public void retireSendSsrc(long ssrc) {
        retired.add(ssrc);
    }

    /** The i-th RTP packet. */
    RtpPacket packet(int i) {
        RtpPacket packet = new RtpPacket();
        byte[] bytes = rtp.get(i);
        packet.wrap(bytes, 0, bytes.length);
        return packet;
    }

    RtpPacket lastPacket() {
        return packet(rtp.size() - 1);
    }

    List<Integer> sequenceNumbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < rtp.size(); i++) {
            numbers.add(packet(i).sequenceNumber());
        }
        return numbers;
    }

    /** The ssrcs that key frames were asked of. */
    List<Long> pictureLosses() {
        List<Long> ssrcs = new ArrayList<>();
        PictureLossIndication indication = new PictureLossIndication();
        each(reader -> {
            if (indication.wrap(reader)) {
                ssrcs.add(indication.mediaSsrc());
            }
        });
        return ssrcs;
    }

    /** The sequence numbers that were asked for again. */
    List<Integer> nacked() {
        List<Integer> numbers = new ArrayList<>();
        GenericNack nack = new GenericNack();
        each(reader -> {
            if (nack.wrap(reader)) {
                int[] found = new int[256];
                int count = nack.copySequenceNumbers(found);
                for (int i = 0; i < count; i++) {
                    numbers.add(found[i]);
                }
            }
        });
        return numbers;
    }

    /** How many packets of a type were sent; for feedback, of a format too. */
    int count(int packetType, int format) {
        int[] count = {0};
        each(reader -> {
            if (reader.packetType() == packetType && (format < 0 || reader.count() == format)) {
                count[0]++;
            }
        });
        return count[0];
    }

    int senderReports() {
        return count(RtcpType.SENDER_REPORT, -1);
    }

    void each(java.util.function.Consumer<RtcpReader> visitor) {
        for (byte[] bytes : rtcp) {
            RtcpReader reader = new RtcpReader();
            reader.wrap(bytes, 0, bytes.length);
            while (reader.next()) {
                visitor.accept(reader);
            }
        }
    }

    void clear() {
        rtp.clear();
        rtcp.clear();
    }
}
