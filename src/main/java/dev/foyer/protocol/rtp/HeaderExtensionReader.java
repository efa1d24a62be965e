package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the header extension elements of one packet (RFC 8285).
 *
 * <pre>
 * one-byte form, profile 0xBEDE          two-byte form, profile 0x100x
 *  0                                      0                   1
 *  0 1 2 3 4 5 6 7                        0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * +-+-+-+-+-+-+-+-+------------------    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----------
 * |  ID   | len-1 | 1 to 16 bytes        |      ID       |     length    | 0 to 255 bytes
 * +-+-+-+-+-+-+-+-+------------------    +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+----------
 * </pre>
 *
 * <p>ID 0 is padding. In the one-byte form ID 15 ends the elements, and so does ID 0 with a length. An element that
 * does not fit ends the walk; those before it stand.
 */
@HotPath
public final class HeaderExtensionReader {
    /** Profile of the one-byte form. */
    public static final int ONE_BYTE_PROFILE = 0xBEDE;
    /** Profile of the two-byte form with its four application bits zero. */
    public static final int TWO_BYTE_PROFILE = 0x1000;

    private static final byte[] NOTHING = {};

    private byte[] buffer = NOTHING;
    private int start;
    private int next;
    private int end;
    private boolean oneByte;
    private int id;
    private int offset;
    private int length;

    /** A reader without elements. */
    public HeaderExtensionReader() {}

    HeaderExtensionReader wrap(byte[] buffer, int offset, int length, int profile) {
        this.buffer = buffer;
        this.start = offset;
        this.next = offset;
        this.oneByte = profile == ONE_BYTE_PROFILE;
        boolean known = oneByte || (profile & 0xFFF0) == TWO_BYTE_PROFILE;
        this.end = known ? offset + length : offset;
        this.id = 0;
        this.offset = offset;
        this.length = 0;
        return this;
    }

    /** Whether the elements have two-byte headers. */
    public boolean isTwoByteForm() {
        return !oneByte;
    }

    /** Steps to the next element; false at the end. */
    public boolean next() {
        return oneByte ? nextOneByte() : nextTwoByte();
    }

    private boolean nextOneByte() {
        while (next < end) {
            int header = u8(buffer, next);
            if (header == 0) {
                next++;
                continue;
            }
            int elementId = header >> 4;
            int elementLength = (header & 0x0F) + 1;
            if (elementId == 0 || elementId == 15) {
                break;
            }
            return element(elementId, next + 1, elementLength);
        }
        return finish();
    }

    private boolean nextTwoByte() {
        while (next < end) {
            int elementId = u8(buffer, next);
            if (elementId == 0) {
                next++;
                continue;
            }
            if (next + 1 >= end) {
                break;
            }
            return element(elementId, next + 2, u8(buffer, next + 1));
        }
        return finish();
    }

    private boolean element(int elementId, int elementOffset, int elementLength) {
        if (elementOffset + elementLength > end) {
            return finish();
        }
        id = elementId;
        offset = elementOffset;
        length = elementLength;
        next = elementOffset + elementLength;
        return true;
    }

    private boolean finish() {
        next = end;
        id = 0;
        offset = end;
        length = 0;
        return false;
    }

    /** Looks for the first element with this id, from the start; false when there is none. */
    public boolean find(int id) {
        next = start;
        while (next()) {
            if (this.id == id) {
                return true;
            }
        }
        return false;
    }

    /** Id of the element: 1 to 14, in the two-byte form to 255; 0 when the reader stands on none. */
    public int id() {
        return id;
    }

    /** Index of the element's first value byte in the packet's array. */
    public int offset() {
        return offset;
    }

    /** Bytes of the element's value. */
    public int length() {
        return length;
    }

    /** Whether the value is exactly these bytes. */
    public boolean valueEquals(byte[] value) {
        return Arrays.equals(buffer, offset, offset + length, value, 0, value.length);
    }

    /** The value as text, for MID and RID. Allocates: only for a stream that is not known yet. */
    public String text() {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }

    /** The value's first byte, or -1 when it is empty. */
    public int firstByte() {
        return length > 0 ? u8(buffer, offset) : -1;
    }

    /** The value as a number of 16 bits, or -1 when it has not two bytes or more. */
    public int u16() {
        return length >= 2 ? NetworkOrder.u16(buffer, offset) : -1;
    }

    /** The value as a number of 24 bits, or -1 when it has not three bytes or more. */
    public int u24() {
        return length >= 3 ? NetworkOrder.u24(buffer, offset) : -1;
    }
}
