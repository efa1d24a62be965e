package dev.foyer.fuzz;

import java.util.Objects;

/** One input after the other before a target, with an eye on what it allocates. */
final class Examination {

    private static final int ATTEMPTS = 3;

    private final FuzzTarget target;
    private Object outcome = "";

    Examination(FuzzTarget target) {
        this.target = target;
    }

    /** What went wrong with an input, or null. */
    Throwable attempt(byte[] input) {
        return attempt(input, target.heapBound(input.length));
    }

    /**
     * As {@link #attempt(byte[])} with another bound. What an input costs is the least of some attempts: in the others
     * something else may have been set up for all that come.
     */
    Throwable attempt(byte[] input, long heapBound) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && least > heapBound; i++) {
            byte[] own = input.clone();
            long before = HeapUse.ofThread();
            try {
                outcome = Objects.requireNonNull(target.examine(own));
            } catch (VirtualMachineError | AssertionError | Exception failure) {
                return failure;
            }
            least = Math.min(least, HeapUse.ofThread() - before);
        }
        return least <= heapBound
                ? null
                : new AssertionError(input.length + " bytes cost " + least + " bytes of heap, more than " + heapBound);
    }

    /** What the target returned last. */
    Object outcome() {
        return outcome;
    }
}
