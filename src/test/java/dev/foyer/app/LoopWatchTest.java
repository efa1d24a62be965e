package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private final List<Executor> loops = new ArrayList<>();
    private final List<Duration> lags = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 1000;
    private final LoopWatch watch = new LoopWatch(() -> loops, () -> nowNanos, lag -> lags.add(Duration.ofNanos(lag)));

    @Test
    void measuresHowLateALoopIs() {
        HandLoop loop = add();
        watch.round();
        pass(Duration.ofMillis(3));
        loop.run();

        assertEquals(List.of(Duration.ofMillis(3)), lags);
        assertTrue(watch.responsive());
    }

    @Test
    void leavesOneTaskAtMostInALoopThatIsStuck() {
        HandLoop loop = add();
        for (int i = 0; i < 5; i++) {
            watch.round();
            pass(LoopWatch.INTERVAL);
        }

        assertEquals(1, loop.tasks.size());
        loop.run();
        assertEquals(List.of(LoopWatch.INTERVAL.multipliedBy(5)), lags);
    }

    @Test
    void isNotResponsiveWhileALoopIsStuckAndIsAgainAfterwards() {
        HandLoop good = add();
        HandLoop stuck = add();
        Duration passed = Duration.ZERO;
        while (passed.compareTo(LoopWatch.UNRESPONSIVE) < 0) {
            assertTrue(watch.responsive(), passed.toString());
            watch.round();
            good.run();
            pass(LoopWatch.INTERVAL);
            passed = passed.plus(LoopWatch.INTERVAL);
        }
        watch.round();
        assertFalse(watch.responsive());

        stuck.run();
        watch.round();
        assertTrue(watch.responsive());
    }

    @Test
    void isNotResponsiveWhenNobodyWatches() {
        watch.round();
        pass(LoopWatch.UNRESPONSIVE);

        assertFalse(watch.responsive());
    }

    @Test
    void forgetsLoopsThatEnd() {
        HandLoop _ = add();
        watch.round();
        loops.clear();
        pass(LoopWatch.UNRESPONSIVE);
        watch.round();

        assertTrue(watch.responsive());
    }

    @Test
    void doesNotTakeALoopThatIsShutDownForStuck() {
        loops.add(_ -> {
            throw new RejectedExecutionException();
        });
        watch.round();
        pass(LoopWatch.UNRESPONSIVE);
        watch.round();

        assertTrue(watch.responsive());
    }

    @Test
    void makesABitrateOfACounter() {
        BitrateGauge gauge = new BitrateGauge();
        gauge.sample(1_000, 5);
        assertEquals(0, gauge.bitrateBps());
        gauge.sample(2_000, 5 + Duration.ofMillis(500).toNanos());
        assertEquals(16_000, gauge.bitrateBps());
        gauge.sample(0, 5 + Duration.ofSeconds(1).toNanos());
        assertEquals(0, gauge.bitrateBps());
    }

    private HandLoop add() {
        HandLoop loop = new HandLoop();
        loops.add(loop);
        return loop;
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private static final class HandLoop implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void run() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }
}
