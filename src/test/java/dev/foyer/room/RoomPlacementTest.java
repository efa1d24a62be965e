package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On which loop a new room lives. */
class RoomPlacementTest {
    private final List<PlacedLoop> loops = List.of(new PlacedLoop(), new PlacedLoop(), new PlacedLoop());
    private final Rooms rooms = new Rooms(
            "node",
            List.copyOf(loops),
            new InMemoryRoomDirectory(),
            new FakeMediaPlane(),
            _ -> List.of(),
            (_, _) -> {},
            RoomSettings.defaults());

    private static final class PlacedLoop implements RoomLoop {
        private final ManualLoop delegate = new ManualLoop();
        private boolean current;
        private int tasks;

        @Override
        public boolean current() {
            return current;
        }

        @Override
        public void execute(Runnable task) {
            tasks++;
            delegate.execute(task);
        }

        @Override
        public long nowNanos() {
            return delegate.nowNanos();
        }

        @Override
        public long nowMillis() {
            return delegate.nowMillis();
        }

        @Override
        public Runnable schedule(long delayNanos, Runnable task) {
            return delegate.schedule(delayNanos, task);
        }
    }

    /** Makes rooms and says how many of them each loop was given. */
    private List<Integer> make(int count) {
        List<Integer> given = new ArrayList<>();
        loops.forEach(loop -> loop.tasks = 0);
        for (int i = 0; i < count; i++) {
            rooms.create("room " + rooms.roomCount(), RoomSpec.of(RoomType.MANSION));
        }
        // A room's first turn, and the description of it.
        loops.forEach(loop -> given.add(loop.tasks / 2));
        return given;
    }

    @Test
    void isThatOfTheCaller() {
        loops.get(1).current = true;

        assertEquals(List.of(0, 20, 0), make(20));
    }

    @Test
    void isTheLeastLoadedWhenTheCallerIsElsewhere() {
        assertEquals(List.of(2, 2, 2), make(6));
    }

    @Test
    void isAnotherOnceTheCallersCarriesFarMore() {
        loops.get(1).current = true;
        List<Integer> given = make(200);

        assertEquals(200, given.stream().mapToInt(Integer::intValue).sum());
        assertEquals(true, given.get(0) > 20 && given.get(2) > 20, given.toString());
    }
}
