package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final ManualLoop first = new ManualLoop();
    private final ManualLoop second = new ManualLoop();
    private final SerialExecutor executor = new SerialExecutor(first);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsAtOnceOnItsOwnThread() {
        executor.run(() -> ran.add("a"));
        assertEquals(List.of("a"), ran);
    }

    @Test
    void handsOverFromAnotherThread() {
        first.inThread = false;
        executor.run(() -> ran.add("a"));
        executor.run(() -> ran.add("b"));
        assertEquals(List.of(), ran);
        first.runTasks();
        assertEquals(List.of("a", "b"), ran);
    }

    @Test
    void neverRunsAPostedTaskInsideTheCaller() {
        executor.post(() -> ran.add("a"));
        assertEquals(List.of(), ran);
        executor.run(() -> ran.add("b"));
        assertEquals(List.of(), ran, "b keeps its place behind a");
        first.runTasks();
        assertEquals(List.of("a", "b"), ran);
    }

    @Test
    void doesNotNestTasks() {
        executor.run(() -> {
            executor.run(() -> ran.add("inner"));
            ran.add("outer");
        });
        assertEquals(List.of("outer", "inner"), ran);
    }

    @Test
    void movesWithItsOrder() {
        executor.run(() -> {
            executor.run(() -> ran.add("b"));
            executor.moveTo(second);
            ran.add("a");
        });
        assertEquals(List.of("a"), ran);
        first.runTasks();
        assertEquals(List.of("a"), ran);
        second.runTasks();
        assertEquals(List.of("a", "b"), ran);
        executor.run(() -> ran.add("c"));
        assertEquals(List.of("a", "b", "c"), ran);
    }

    @Test
    void goesOnAfterATaskThatThrows() {
        IllegalStateException failure = new IllegalStateException("listener");
        executor.run(() -> {
            throw failure;
        });
        executor.run(() -> ran.add("a"));
        assertEquals(List.of("a"), ran);
        assertEquals(List.of(failure), first.failures);
    }
}
