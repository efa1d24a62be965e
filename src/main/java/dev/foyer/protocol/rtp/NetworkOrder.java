package dev.foyer.protocol.rtp;

import dev.foyer.protocol.HotPath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Unsigned big-endian numbers in byte arrays. Every access is checked by the virtual machine; an index out of range is
 * a bug of the caller, who has checked the length of what a peer sent.
 */
@HotPath
public final class NetworkOrder {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private NetworkOrder() {}

    /** Returns 0 to 255. */
    public static int u8(byte[] buffer, int offset) {
        return buffer[offset] & 0xFF;
    }

    /** Returns 0 to 65535. */
    public static int u16(byte[] buffer, int offset) {
        return (short) SHORT.get(buffer, offset) & 0xFFFF;
    }

    /** Returns 0 to 2^24 - 1. */
    public static int u24(byte[] buffer, int offset) {
        return u8(buffer, offset) << 16 | u16(buffer, offset + 1);
    }

    /** Returns 0 to 2^32 - 1. */
    public static long u32(byte[] buffer, int offset) {
        return (int) INT.get(buffer, offset) & 0xFFFF_FFFFL;
    }

    /** Returns all 64 bits; the sign is meaningless. */
    public static long u64(byte[] buffer, int offset) {
        return (long) LONG.get(buffer, offset);
    }

    /** Writes the low 8 bits. */
    public static void putU8(byte[] buffer, int offset, int value) {
        buffer[offset] = (byte) value;
    }

    /** Writes the low 16 bits. */
    public static void putU16(byte[] buffer, int offset, int value) {
        SHORT.set(buffer, offset, (short) value);
    }

    /** Writes the low 24 bits. */
    public static void putU24(byte[] buffer, int offset, int value) {
        buffer[offset] = (byte) (value >> 16);
        putU16(buffer, offset + 1, value);
    }

    /** Writes the low 32 bits. */
    public static void putU32(byte[] buffer, int offset, long value) {
        INT.set(buffer, offset, (int) value);
    }

    /** Writes 64 bits. */
    public static void putU64(byte[] buffer, int offset, long value) {
        LONG.set(buffer, offset, value);
    }

    /** Whether {@code length} bytes from {@code offset} lie inside the array; safe for any arguments. */
    public static boolean inside(byte[] buffer, int offset, int length) {
        return offset >= 0 && length >= 0 && offset <= buffer.length - length;
    }
}
