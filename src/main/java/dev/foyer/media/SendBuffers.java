package dev.foyer.media;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers of one size for one event loop. A buffer that was handed to the channel is still ours: it carries one
 * reference more than the channel releases, and comes back once only that one is left.
 */
final class SendBuffers {
    private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    /** Free buffers kept at most; what a burst needed beyond that is released again. */
    private static final int MAX_FREE = 512;

    private final int size;
    private final ArrayDeque<ByteBuf> free = new ArrayDeque<>(MAX_FREE);
    private final List<ByteBuf> handedOver = new ArrayList<>(MAX_FREE);

    SendBuffers(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    ByteBuf take() {
        ByteBuf buffer = free.pollLast();
        return buffer != null ? buffer : ALLOCATOR.directBuffer(size, size);
    }

    /** Notes that the buffer goes to the channel, which releases it once. */
    ByteBuf handOver(ByteBuf buffer) {
        handedOver.add(buffer);
        return buffer.retain();
    }

    /** Takes back what the channel is done with. */
    void reclaim() {
        int kept = 0;
        for (int i = 0; i < handedOver.size(); i++) {
            ByteBuf buffer = handedOver.get(i);
            if (buffer.refCnt() > 1) {
                handedOver.set(kept++, buffer);
            } else if (free.size() < MAX_FREE) {
                buffer.clear();
                free.addLast(buffer);
            } else {
                buffer.release();
            }
        }
        for (int i = handedOver.size() - 1; i >= kept; i--) {
            handedOver.remove(i);
        }
    }

    /** Gives up everything; what the channel still holds is freed when it lets go. */
    void close() {
        for (ByteBuf buffer : free) {
            buffer.release();
        }
        free.clear();
        for (ByteBuf buffer : handedOver) {
            buffer.release();
        }
        handedOver.clear();
    }
}
