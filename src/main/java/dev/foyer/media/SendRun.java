package dev.foyer.media;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams collected for one destination: all of one size, except that the last may be shorter. That is the shape
 * that generic segmentation offload sends in one call.
 */
final class SendRun {
    @Nullable
    InetSocketAddress remote;

    /** Where the datagrams lie one behind the other; null while the run is empty. */
    @Nullable
    ByteBuf buffer;

    int segmentSize;
    int segments;

    /** Whether a shorter datagram ended the run. */
    boolean ended;

    boolean accepts(int length, int maxSegments) {
        ByteBuf collected = buffer;
        return collected == null
                || (!ended && length <= segmentSize && segments < maxSegments && collected.writableBytes() >= length);
    }

    void append(byte[] source, int offset, int length) {
        ByteBuf collected = buffer;
        if (collected == null) {
            throw new IllegalStateException("a run needs a buffer before its first datagram");
        }
        if (segments == 0) {
            segmentSize = length;
        } else if (length < segmentSize) {
            ended = true;
        }
        collected.writeBytes(source, offset, length);
        segments++;
    }

    void clear() {
        buffer = null;
        segmentSize = 0;
        segments = 0;
        ended = false;
    }
}
