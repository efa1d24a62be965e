package dev.foyer.http;

import dev.foyer.dialect.EventRouter;
import dev.foyer.room.EventSink;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.RoomSettings;
import dev.foyer.room.Rooms;
import dev.foyer.room.VertxLoop;
import io.vertx.core.Vertx;
import java.util.List;

/** Rooms on event loops of their own, without media. */
final class TestRooms {
    private TestRooms() {}

    static Rooms on(Vertx vertx) {
        return on(vertx, new EventRouter());
    }

    static Rooms on(Vertx vertx, EventSink sink) {
        return new Rooms(
                "node",
                List.of(new VertxLoop(vertx)),
                new InMemoryRoomDirectory(),
                new FakeMediaPlane(),
                _ -> List.of(),
                sink,
                RoomSettings.defaults());
    }
}
