package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.room.RoomEvent.PeerJoined;
import dev.foyer.room.RoomEvent.PeerLeft;
import dev.foyer.room.RoomEvent.Removed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rooms and seats that are kept, and what those who run the server see and do. */
class KeptSeatTest {
    private final House house = new House();

    private void create(@Nullable Duration keptEmpty) {
        RoomSpec spec = new RoomSpec(RoomType.MANSION, 2, false, false, true, keptEmpty, Map.of());
        house.settled(house.rooms.create(House.ROOM, spec).toCompletableFuture());
    }

    @Test
    void seatKeptByTheApiGoesToTheSameUser() {
        create(null);
        house.join("a");
        house.join("api-1", House.join("ann", Dialect.API, false));
        house.forgetHeard();
        house.join("b", House.mesh("ann"));
        List<RoomEvent> heard = house.hears("a");
        assertEquals("api-1", ((PeerLeft) heard.get(0)).peer().peerId());
        assertEquals("b", ((PeerJoined) heard.get(1)).peer().peerId());
        assertEquals(2, house.rooms.participantCount());
    }

    @Test
    void roomOfAJoinEndsWithTheLast() {
        house.join("a");
        house.ask("a", new RoomCommand.Leave());
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void keptRoomEndsWhenItWasEmptyForSoLong() {
        create(Duration.ofMinutes(10));
        house.loop.advance(599_000);
        house.join("a");
        house.ask("a", new RoomCommand.Leave());
        house.loop.advance(599_999);
        assertEquals(1, house.rooms.roomCount());
        house.loop.advance(1);
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void keptRoomEndsThoughItWasNeverUsed() {
        create(Duration.ofMinutes(10));
        house.loop.advance(599_999);
        assertEquals(1, house.rooms.roomCount());
        house.loop.advance(1);
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void roomKeptForZeroStaysUntilItIsClosed() {
        create(Duration.ZERO);
        house.loop.advance(86_400_000);
        assertEquals(1, house.rooms.roomCount());
        CompletableFuture<Void> closed =
                house.rooms.close(House.ROOM, "deleted").toCompletableFuture();
        house.settled(closed);
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void reportShowsWhoIsThereWithWhat() {
        house.join("a", House.plain("ann"));
        String producer = house.produce("a", house.connectedTransport("a", TransportDirection.SEND), false);
        house.join("b", House.plain("ben"));
        String consumer = house.consume("b", house.connectedTransport("b", TransportDirection.RECV), producer);
        RoomReport report = house.settled(house.rooms.report(House.ROOM).toCompletableFuture());
        assertEquals(TopologyMode.SFU, report.topology().mode());
        assertEquals(
                List.of("a", "b"),
                report.participants().stream()
                        .map(seated -> seated.peer().peerId())
                        .toList());
        assertEquals(
                producer, report.participants().get(0).producers().getFirst().producerId());
        assertEquals(
                consumer, report.participants().get(1).consumers().getFirst().consumerId());
        RoomException unknown = assertThrows(
                RoomException.class,
                () -> house.settled(house.rooms.report("nowhere").toCompletableFuture()));
        assertEquals(RoomErrorCode.ROOM_NOT_FOUND, unknown.code());
    }

    @Test
    void expelledUserLosesAllItsSeats() {
        house.join("a");
        house.join("b", House.mesh("ann"));
        house.join("c", House.mesh("ann"));
        house.forgetHeard();
        house.settled(house.rooms.expel(House.ROOM, "ann").toCompletableFuture());
        assertEquals(
                List.of("b", "c"),
                house.hears("a", PeerLeft.class).stream()
                        .map(left -> left.peer().peerId())
                        .toList());
        assertEquals(1, house.hears("b", Removed.class).size());
        assertEquals(1, house.rooms.participantCount());
        RoomException unknown = assertThrows(
                RoomException.class,
                () -> house.settled(house.rooms.expel(House.ROOM, "ann").toCompletableFuture()));
        assertEquals(RoomErrorCode.PARTICIPANT_NOT_FOUND, unknown.code());
    }
}
