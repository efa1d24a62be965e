package dev.foyer.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What something allocates on the heap. */
public final class HeapUse {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ATTEMPTS = 3;

    private HeapUse() {}

    /** Bytes allocated by the current thread since it began. */
    static long ofThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Bytes that an action allocates on the current thread: the least of some attempts. */
    public static long of(Runnable action) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS; i++) {
            long before = ofThread();
            action.run();
            least = Math.min(least, ofThread() - before);
        }
        return least;
    }
}
