package dev.foyer.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A fixed number of inputs for one target. Their seed is the target's name, so that a run is repeated by repeating it. An
 * input from which the parser made something new joins the corpus: without looking at coverage, that leads deeper than
 * changes to the corpus alone.
 */
final class FuzzRun {
    private static final int MAX_POOL = 400;
    private static final int WARM_UP_ROUNDS = 3;

    private final FuzzTarget target;
    private final Examination examination;
    private final List<byte[]> pool;
    private final Set<Object> outcomes = new HashSet<>();

    FuzzRun(FuzzTarget target) {
        this.target = target;
        this.examination = new Examination(target);
        this.pool = new ArrayList<>(target.corpus());
    }

    /** Fails with the first input that breaks a promise, made as short as it will go. */
    void run() {
        warmUp();
        for (byte[] input : target.corpus()) {
            outcomes.add(examined(input));
        }
        Mutator mutator =
                new Mutator(new Random(target.getClass().getSimpleName().hashCode()), target.words(), target.longest());
        for (int i = 0; i < target.runs(); i++) {
            byte[] input = mutator.next(pool);
            if (outcomes.add(examined(input)) && pool.size() < MAX_POOL) {
                pool.add(input);
            }
        }
    }

    /** What is loaded and linked on first use is no fault of an input. */
    private void warmUp() {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (byte[] input : target.corpus()) {
                examination.attempt(input, Long.MAX_VALUE);
            }
        }
    }

    private Object examined(byte[] input) {
        Throwable failure = examination.attempt(input);
        if (failure != null) {
            byte[] shortest = new Shrinker(examination).shrink(input, failure);
            Throwable cause = examination.attempt(shortest);
            throw new AssertionError(Reports.failure(target, shortest, cause), cause);
        }
        return examination.outcome();
    }
}
