package dev.foyer.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.mediasoup.MediasoupDialect;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.RoomSummary;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A socket that asks for several rooms: how many it gets, and in which of them it is in the end. */
class ManyRoomsTest {
    private static final String CREATE = "mediasoup:create-room";
    private static final String JOIN = "mediasoup:join-room";

    private final DialectHouse house = new DialectHouse(CallDialect.PROTOCOL, MediasoupDialect.PROTOCOL);
    private final PlainHouse plain = new PlainHouse();

    private static Map<String, Object> room(String roomId) {
        return Map.of("roomId", roomId);
    }

    private void joinRooms(FakeSocket socket, int count) {
        for (int i = 0; i < count; i++) {
            house.done(socket, CREATE, room("r" + i));
            house.done(socket, JOIN, room("r" + i));
        }
    }

    private static Set<String> taken(Collection<RoomSummary> rooms) {
        return rooms.stream()
                .map(room -> room.room().id() + " " + room.participants())
                .collect(Collectors.toSet());
    }

    @Test
    void thirtyThirdRoomOfASocketIsRefused() {
        FakeSocket socket = house.connect("a");
        joinRooms(socket, 32);
        house.done(house.connect("b"), CREATE, room("another"));
        Map<String, Object> refused = house.ask(socket, JOIN, room("another"));
        assertEquals(false, refused.get("success"));
        assertEquals("FORBIDDEN", refused.get("code"));
        assertTrue(refused.get("error").toString().contains("Too many rooms"), refused.toString());
        house.done(socket, JOIN, room("r0"));
        house.done(socket, "mediasoup:leave-room", room("r0"));
        house.done(socket, JOIN, room("another"));
    }

    @Test
    void roomThatASocketMakesForEverEndsLikeAnyThatNobodyUses() {
        house.done(house.connect("a"), CREATE, Map.of("roomId", "r", "options", Map.of("timeout", 0)));
        Duration unused = RoomSettings.defaults().unusedTimeout();
        house.loop.advance(unused.toMillis() - 1);
        assertEquals(1, house.rooms.roomCount());
        house.loop.advance(1);
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void roomThatASocketMakesIsKeptForAnHourAtMost() {
        house.done(house.connect("a"), CREATE, Map.of("roomId", "r", "options", Map.of("timeout", 86_400_000)));
        house.loop.advance(Duration.ofHours(1).toMillis() - 1);
        assertEquals(1, house.rooms.roomCount());
        house.loop.advance(1);
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void secondOfTwoSignalingRoomsInARowIsTheOne() {
        FakeSocket a = plain.connectSignaling("a");
        FakeSocket b = plain.connectSignaling("b");
        plain.send(b, "join-room", Map.of("roomId", "two", "userId", "bob", "role", "speaker"));
        a.send("join-room", Map.of("roomId", "one", "userId", "ann", "role", "speaker"));
        a.send("join-room", Map.of("roomId", "two", "userId", "ann", "role", "speaker"));
        plain.loop.run();
        assertEquals(Set.of("two 2"), taken(plain.rooms.summaries()));
        b.emitted.clear();
        plain.success(a, "offer", PlainHouse.with(PlainHouse.OFFER, "to", "b"));
        assertEquals(List.of(PlainHouse.with(PlainHouse.OFFER, "from", "a")), b.heard("offer"));
    }

    @Test
    void secondOfTwoCallsInARowIsTheOne() {
        FakeSocket a = plain.connect("a");
        FakeSocket b = plain.connect("b");
        plain.send(b, "joinRoom", Map.of("callId", "two", "userId", "bob", "mesh", true));
        a.send("joinRoom", Map.of("callId", "one", "userId", "ann", "mesh", true));
        a.send("joinRoom", Map.of("callId", "two", "userId", "ann", "mesh", true));
        plain.loop.run();
        assertEquals(Set.of("two 2"), taken(plain.rooms.summaries()));
        b.emitted.clear();
        plain.success(a, "signal", Map.of("to", "b", "epoch", 1, "description", PlainHouse.OFFER));
        assertEquals(1, b.heard("signal").size());
    }

    @Test
    void refusalOfTheSecondLeavesTheFirstOfTwoRoomsInARow() {
        for (int i = 0; i < 4; i++) {
            FakeSocket other = plain.connect("other" + i);
            Map<String, Object> options = Map.of("maxParticipants", 4);
            plain.send(other, "joinRoom", Map.of("callId", "full", "userId", "user" + i, "options", options));
        }
        FakeSocket a = plain.connect("a");
        plain.send(a, "joinRoom", Map.of("callId", "before", "userId", "ann"));
        a.send("joinRoom", Map.of("callId", "one", "userId", "ann"));
        a.send("joinRoom", Map.of("callId", "full", "userId", "ann"));
        plain.loop.run();
        assertEquals(Set.of("full 4", "one 1"), taken(plain.rooms.summaries()));
    }
}
