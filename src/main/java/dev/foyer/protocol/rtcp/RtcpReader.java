package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.NetworkOrder;

/**
 * Walks the packets of a compound or reduced-size RTCP datagram (RFC 3550 section 6.1, RFC 5506).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |      type     |        length in words - 1    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The reader is reused and borrows the array. Bytes that are no packet end the walk and {@link #malformed} says so;
 * what came before stands.
 *
 * <pre>{@code
 * reader.wrap(buffer, offset, length);
 * while (reader.next()) {
 *     switch (reader.packetType()) {
 *         case RtcpType.RECEIVER_REPORT -> { if (report.wrap(reader)) { ... } }
 *         default -> {}
 *     }
 * }
 * }</pre>
 */
@HotPath
public final class RtcpReader {
    /** Bytes that every packet has at least. */
    public static final int HEADER_LENGTH = 4;

    private static final byte[] NOTHING = new byte[HEADER_LENGTH];

    private byte[] buffer = NOTHING;
    private int next;
    private int end;
    private int offset;
    private int length;
    private boolean malformed;

    /** A reader without packets. */
    public RtcpReader() {}

    /** Starts over with another datagram. */
    public RtcpReader wrap(byte[] buffer, int offset, int length) {
        boolean inside = NetworkOrder.inside(buffer, offset, length);
        this.buffer = inside ? buffer : NOTHING;
        this.next = inside ? offset : 0;
        this.end = inside ? offset + length : 0;
        this.offset = 0;
        this.length = 0;
        this.malformed = !inside;
        return this;
    }

    /** Steps to the next packet; false at the end or at bytes that are no packet. */
    public boolean next() {
        if (next >= end) {
            return finish();
        }
        if (end - next < HEADER_LENGTH || u8(buffer, next) >> 6 != 2) {
            malformed = true;
            return finish();
        }
        int whole = 4 * (u16(buffer, next + 2) + 1);
        int padding = 0;
        if (whole > end - next) {
            malformed = true;
            return finish();
        }
        if ((u8(buffer, next) & 0x20) != 0) {
            padding = u8(buffer, next + whole - 1);
            if (padding == 0 || padding > whole - HEADER_LENGTH) {
                malformed = true;
                return finish();
            }
        }
        offset = next;
        length = whole - padding;
        next += whole;
        return true;
    }

    private boolean finish() {
        next = end;
        offset = 0;
        length = 0;
        return false;
    }

    /** Whether the walk met bytes that are no packet. */
    public boolean malformed() {
        return malformed;
    }

    /** One of {@link RtcpType}'s numbers or another from 0 to 255; -1 when the reader stands on no packet. */
    public int packetType() {
        return length > 0 ? u8(buffer, offset + 1) : -1;
    }

    /** The five bits behind the padding bit: a count of reports or sources, or a feedback format; -1 on no packet. */
    public int count() {
        return length > 0 ? u8(buffer, offset) & 0x1F : -1;
    }

    /** The wrapped array. */
    public byte[] buffer() {
        return buffer;
    }

    /** Index of the packet's first byte. */
    public int offset() {
        return offset;
    }

    /** Bytes of the packet with its header, without padding; 0 when the reader stands on no packet. */
    public int length() {
        return length;
    }
}
