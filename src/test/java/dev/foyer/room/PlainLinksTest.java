package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.RoomEvent.PeerJoined;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room of plain clients that waits for an SFU. */
class PlainLinksTest {
    private static final RoomSpec SFU_ONLY = new RoomSpec(RoomType.MANSION, null, false, true, true, null, Map.of());

    private final House house = new House();

    private void join(String id) {
        house.join(
                House.ROOM,
                SFU_ONLY,
                id,
                new RoomCommand.Join(
                        Dialect.WEBRTC,
                        "user-" + id,
                        ParticipantRole.PARTICIPANT,
                        null,
                        null,
                        null,
                        new MeshSupport.Plain(MeshSupport.Offers.BY_CONVENTION, false),
                        null,
                        EnumSet.allOf(Permission.class)));
    }

    @BeforeEach
    void loseTheSfu() {
        join("a");
        join("b");
        house.plane.available = false;
        house.plane.session().lose();
        house.forgetHeard();
    }

    @Test
    void roomRestsWhenThePairThatWaitedForTheSfuIsGone() {
        house.ask("b", new RoomCommand.Leave());
        int before = house.loop.firings();
        house.loop.advance(60_000);
        int fired = house.loop.firings() - before;
        assertTrue(fired <= 2 * 60, "the room asked for the SFU once a second and did " + fired + " turns");
    }

    @Test
    void pairThatWaitsBeginsAnewWhenTheSfuIsBack() {
        house.loop.advance(5_000);
        assertEquals(0, house.hears("a", PeerJoined.class).size());
        house.plane.available = true;
        house.loop.advance(2_000);
        assertEquals(1, house.hears("a", PeerJoined.class).size());
        assertEquals(2, house.plane.sessions.size());
    }
}
