package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final ManualLoop loop = new ManualLoop();
    private final List<RoomEvent> told = new ArrayList<>();
    private final Rooms rooms = new Rooms(
            "node",
            List.of(loop),
            new InMemoryRoomDirectory(),
            new FakeMediaPlane(),
            _ -> List.of(),
            (_, event) -> told.add(event),
            RoomSettings.defaults());
    private int begun;
    private final Drain drain = new Drain(rooms, loop, () -> begun++);

    @Test
    void closesWhatIsLeftWhenTheTimeIsOver() {
        open("r");
        assertFalse(drain.progress().done());
        drain.begin(10_000);
        loop.advance(9_999);
        assertEquals(1, rooms.roomCount());
        assertFalse(drain.progress().done());
        loop.advance(1);
        assertEquals(0, rooms.roomCount());
        assertTrue(drain.progress().done());
        loop.advance(60_000);
        assertEquals(0, loop.timers());
    }

    @Test
    void makesNoNewRooms() {
        open("r");
        drain.begin(10_000);
        RoomException refusal = (RoomException) assertThrows(CompletionException.class, () -> open("s"))
                .getCause();
        assertEquals(RoomErrorCode.DRAINING, refusal.code());
        open("r");
        assertEquals(1, rooms.roomCount());
    }

    @Test
    void endsNoLaterForBeingToldAgain() {
        open("r");
        Drain.Progress first = drain.begin(10_000);
        assertEquals(first, drain.begin(20_000));
        assertEquals(first.startedAtMillis(), drain.begin(5_000).startedAtMillis());
        loop.advance(5_000);
        assertEquals(0, rooms.roomCount());
        assertEquals(1, begun);
    }

    private void open(String roomId) {
        var made = rooms.create(roomId, new RoomSpec(
                        RoomType.MANSION, null, false, false, true, Duration.ZERO, Map.of()))
                .toCompletableFuture();
        loop.run();
        made.join();
    }
}
