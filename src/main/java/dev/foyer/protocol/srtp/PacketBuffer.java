package dev.foyer.protocol.srtp;

import dev.foyer.protocol.HotPath;
import org.jitsi.utils.ByteArrayBuffer;

/** The flyweight in which jitsi-srtp sees a packet of ours. One a session, wrapped anew for each packet. */
@HotPath
final class PacketBuffer implements ByteArrayBuffer {
    private byte[] buffer = new byte[0];
    private int offset;
    private int length;

    PacketBuffer wrap(byte[] newBuffer, int newOffset, int newLength) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        return this;
    }

    @Override
    public byte[] getBuffer() {
        return buffer;
    }

    @Override
    public int getOffset() {
        return offset;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int newOffset) {
        offset = newOffset;
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int from, int count, byte[] target) {
        System.arraycopy(buffer, offset + from, target, 0, count);
    }

    /** The session has checked that the array has room behind the packet. */
    @Override
    public void grow(int howMuch) {}

    @Override
    public void append(byte[] data, int count) {
        System.arraycopy(data, 0, buffer, offset + length, count);
        length += count;
    }

    @Override
    public void shrink(int count) {
        length -= count;
    }
}
