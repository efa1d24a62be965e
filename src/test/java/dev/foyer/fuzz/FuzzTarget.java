package dev.foyer.fuzz;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A parser and its promises. It stands beside the parser as {@code XxxFuzzTest}, and is driven in two ways: as a test by
 * {@link FuzzRun}, the same inputs each time, and open-ended by {@code ./foyer fuzz}.
 */
@Tag("fuzz")
public interface FuzzTarget {
    /** Inputs from which the others come; each must keep the promises too. */
    List<byte[]> corpus();

    /** Words of the input's language, to be thrown in. */
    default List<String> words() {
        return List.of();
    }

    /** Inputs of one test run. */
    default int runs() {
        return 20_000;
    }

    /** The most bytes of one input. */
    default int longest() {
        return 2_000;
    }

    /** The most bytes that {@link #examine} may allocate for an input of that length, what it checks with included. */
    default long heapBound(int length) {
        return 32_000 + 400L * length;
    }

    /**
     * Lets the parser read and checks its promises. Same input, same course: nothing may be left from the input before.
     *
     * @param input its own, to be written to at will
     * @return what the parser made of it, roughly; an input with a new one is worth changing further. It has a stable
     *     {@code hashCode}
     * @throws Exception what is thrown, error or assertion included, fails the test
     */
    Object examine(byte[] input) throws Exception;

    @Test
    default void keepsItsPromises() {
        new FuzzRun(this).run();
    }
}
