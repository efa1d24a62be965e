package dev.foyer.protocol.rtp;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** Builds RTP packets for tests, bit for bit, without the code under test. */
public final class RtpBytes {
    private int payloadType = 96;
    private boolean marker;
    private int sequenceNumber = 1;
    private long timestamp = 1000;
    private long ssrc = 0x11223344L;
    private long[] csrcs = {};
    private int profile = HeaderExtensionReader.ONE_BYTE_PROFILE;
    private final ByteArrayOutputStream elements = new ByteArrayOutputStream();
    private boolean extended;
    private byte[] payload = {};
    private int padding;

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    public RtpBytes payloadType(int value) {
        payloadType = value;
        return this;
    }

    public RtpBytes marker() {
        marker = true;
        return this;
    }

    public RtpBytes sequenceNumber(int value) {
        sequenceNumber = value & 0xFFFF;
        return this;
    }

    public RtpBytes timestamp(long value) {
        timestamp = value;
        return this;
    }

    public RtpBytes ssrc(long value) {
        ssrc = value;
        return this;
    }

    public RtpBytes csrcs(long... values) {
        csrcs = values;
        return this;
    }

    /** Raw extension block content; padded to whole words. */
    public RtpBytes extensionBlock(int newProfile, byte[] content) {
        profile = newProfile;
        elements.writeBytes(content);
        extended = true;
        return this;
    }

    public RtpBytes oneByteExtension(int id, byte[] value) {
        profile = HeaderExtensionReader.ONE_BYTE_PROFILE;
        extended = true;
        elements.write(id << 4 | (value.length - 1));
        elements.writeBytes(value);
        return this;
    }

    public RtpBytes twoByteExtension(int id, byte[] value) {
        profile = HeaderExtensionReader.TWO_BYTE_PROFILE;
        extended = true;
        elements.write(id);
        elements.write(value.length);
        elements.writeBytes(value);
        return this;
    }

    public RtpBytes payload(byte[] bytes) {
        payload = bytes;
        return this;
    }

    public RtpBytes payload(String hex) {
        return payload(hex(hex));
    }

    public RtpBytes padding(int bytes) {
        padding = bytes;
        return this;
    }

    public byte[] build() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x80 | (padding > 0 ? 0x20 : 0) | (extended ? 0x10 : 0) | csrcs.length);
        out.write((marker ? 0x80 : 0) | payloadType);
        word(out, sequenceNumber, 2);
        word(out, timestamp, 4);
        word(out, ssrc, 4);
        for (long csrc : csrcs) {
            word(out, csrc, 4);
        }
        if (extended) {
            byte[] block = Arrays.copyOf(elements.toByteArray(), (elements.size() + 3) / 4 * 4);
            word(out, profile, 2);
            word(out, block.length / 4, 2);
            out.writeBytes(block);
        }
        out.writeBytes(payload);
        for (int i = 1; i <= padding; i++) {
            out.write(i == padding ? padding : 0);
        }
        return out.toByteArray();
    }

    /** The packet in a flyweight over an array of its own. */
    public RtpPacket packet() {
        return packet(build());
    }

    public static RtpPacket packet(byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(bytes, 0, bytes.length)) {
            throw new AssertionError("not an RTP packet: " + HexFormat.of().formatHex(bytes));
        }
        return packet;
    }

    private static void word(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >> shift));
        }
    }
}
