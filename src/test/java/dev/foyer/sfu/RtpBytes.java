package dev.foyer.sfu;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds RTP packets byte by byte, without the code under test. */
public final class RtpBytes {
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private final long ssrc;
    private final int payloadType;
    private int sequenceNumber;
    private long timestamp;
    private boolean marker;
    private byte[] payload = {1, 2, 3, 4};

    private RtpBytes(long ssrc, int payloadType) {
        this.ssrc = ssrc;
        this.payloadType = payloadType;
    }

    /** A packet with four bytes of payload. */
    public static RtpBytes packet(long ssrc, int payloadType, int sequenceNumber, long timestamp) {
        RtpBytes packet = new RtpBytes(ssrc, payloadType);
        packet.sequenceNumber = sequenceNumber;
        packet.timestamp = timestamp;
        return packet;
    }

    public RtpBytes marker() {
        marker = true;
        return this;
    }

    public RtpBytes payload(byte[] bytes) {
        payload = bytes.clone();
        return this;
    }

    /** A whole VP8 frame of one packet: 15 bit picture id, TL0PICIDX, temporal layer. */
    public RtpBytes vp8(boolean keyFrame, int pictureId, int tl0PicIdx, int temporalLayer, int size) {
        ByteBuffer frame = ByteBuffer.allocate(6 + size);
        frame.put((byte) 0x90).put((byte) 0xE0).putShort((short) (0x8000 | pictureId));
        frame.put((byte) tl0PicIdx).put((byte) (temporalLayer << 6));
        frame.put((byte) (keyFrame ? 0x10 : 0x11));
        payload = frame.array();
        marker = true;
        return this;
    }

    /** Adds a header extension in the one-byte form. */
    public RtpBytes extension(int id, byte[] value) {
        extensions.write(id << 4 | value.length - 1);
        extensions.writeBytes(value);
        return this;
    }

    public RtpBytes extension(int id, String value) {
        return extension(id, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** As the retransmission of this packet on an RTX stream. */
    public RtpBytes asRtx(long rtxSsrc, int rtxPayloadType, int rtxSequenceNumber) {
        RtpBytes rtx = packet(rtxSsrc, rtxPayloadType, rtxSequenceNumber, timestamp);
        rtx.extensions.writeBytes(extensions.toByteArray());
        rtx.marker = marker;
        rtx.payload = ByteBuffer.allocate(2 + payload.length)
                .putShort((short) sequenceNumber)
                .put(payload)
                .array();
        return rtx;
    }

    public byte[] bytes() {
        byte[] elements = extensions.toByteArray();
        int padded = (elements.length + 3) / 4 * 4;
        int block = elements.length == 0 ? 0 : 4 + padded;
        ByteBuffer packet = ByteBuffer.allocate(12 + block + payload.length);
        packet.put((byte) (0x80 | (block > 0 ? 0x10 : 0)));
        packet.put((byte) (payloadType | (marker ? 0x80 : 0)));
        packet.putShort((short) sequenceNumber).putInt((int) timestamp).putInt((int) ssrc);
        if (block > 0) {
            packet.putShort((short) 0xBEDE).putShort((short) (padded / 4)).put(elements);
            packet.position(12 + block);
        }
        return packet.put(payload).array();
    }
}
