package dev.foyer.protocol.stun;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a demultiplexer reads of a datagram before it knows whose it is. Nothing here is authentic. */
public final class StunPeek {
    private static final int HEADER_LENGTH = 20;
    private static final int MAX_USERNAME_FRAGMENT = 256;

    private StunPeek() {}

    /** Whether the datagram is STUN as RFC 7983 section 7 tells it from the rest, magic cookie included. */
    public static boolean isStun(byte[] buffer, int offset, int length) {
        return length >= HEADER_LENGTH
                && buffer[offset] >= 0
                && buffer[offset] <= 3
                && buffer[offset + 4] == 0x21
                && buffer[offset + 5] == 0x12
                && (buffer[offset + 6] & 0xFF) == 0xA4
                && buffer[offset + 7] == 0x42;
    }

    /**
     * The receiver's user name fragment: what stands before the colon in the USERNAME of a check (RFC 8445 section
     * 7.2.2). Null if the datagram is no binding request, is cut off, or has no such USERNAME.
     */
    public static @Nullable String usernameFragment(byte[] buffer, int offset, int length) {
        if (!isStun(buffer, offset, length) || buffer[offset] != 0 || buffer[offset + 1] != 1) {
            return null;
        }
        int end = offset + length;
        int at = offset + HEADER_LENGTH;
        while (at + 4 <= end) {
            int type = ((buffer[at] & 0xFF) << 8) | (buffer[at + 1] & 0xFF);
            int size = ((buffer[at + 2] & 0xFF) << 8) | (buffer[at + 3] & 0xFF);
            int value = at + 4;
            if (value + size > end) {
                return null;
            }
            if (type == StunReader.USERNAME) {
                int limit = value + Math.min(size, MAX_USERNAME_FRAGMENT + 1);
                for (int i = value; i < limit; i++) {
                    if (buffer[i] == ':') {
                        return i == value ? null : new String(buffer, value, i - value, StandardCharsets.ISO_8859_1);
                    }
                }
                return null;
            }
            at = value + ((size + 3) & ~3);
        }
        return null;
    }
}
