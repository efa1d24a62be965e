package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room goes on when what it tells somebody cannot be delivered. */
class SeatsTest {
    private final ManualLoop loop = new ManualLoop();
    private final List<String> told = new ArrayList<>();
    private boolean broken;
    private final Rooms rooms = new Rooms(
            "node",
            List.of(loop),
            new InMemoryRoomDirectory(),
            new FakeMediaPlane(),
            _ -> List.of(),
            (recipient, event) -> deliver(recipient.participantId(), event),
            RoomSettings.defaults());

    private void deliver(String to, RoomEvent event) {
        if (broken && to.equals("a")) {
            throw new IllegalStateException("as the test says");
        }
        if (event instanceof RoomEvent.PeerJoined joined) {
            told.add(to + " of " + joined.peer().peerId());
        }
    }

    private void join(String id) {
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(House.ROOM, RoomSpec.of(RoomType.MANSION), id, House.mesh("user-" + id), reply);
        loop.run();
        reply.join();
    }

    @BeforeEach
    void meet() {
        join("a");
        join("b");
        told.clear();
        broken = true;
    }

    @Test
    void othersAreToldWhenOneCannotBe() {
        join("c");
        assertEquals(List.of("b of c"), told);
    }

    @Test
    void nothingIsToldTwiceWhenOneCannotBeTold() {
        join("c");
        broken = false;
        told.clear();
        join("d");
        assertEquals(List.of("a of d", "b of d", "c of d"), told);
    }
}
