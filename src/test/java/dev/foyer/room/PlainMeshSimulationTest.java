package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meshes of plain clients come up, whatever the timing, with clients that do everything in the worst order. */
class PlainMeshSimulationTest {
    private static final int SEEDS = 150;

    private static RoomSettings meshOf(int size) {
        Map<RoomType, RoomTypeSettings> types = new EnumMap<>(RoomType.class);
        for (RoomType type : RoomType.values()) {
            types.put(
                    type,
                    new RoomTypeSettings(50, true, TopologySettings.defaults().withMeshMax(size)));
        }
        RoomSettings defaults = RoomSettings.defaults();
        return new RoomSettings(
                types, defaults.silence(), defaults.recoveryWindow(), defaults.unusedTimeout(), defaults.limits());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientsThatOfferToEverybody(boolean rollsBack) {
        for (long seed = 0; seed < SEEDS; seed++) {
            PlainWorld world = new PlainWorld(seed, meshOf(8), false);
            live(world, number -> {
                boolean audience = world.random.nextInt(6) == 0;
                int cameraMillis = 50 + world.random.nextInt(3950);
                return new SeedClient(world, "p" + number, rollsBack, audience, cameraMillis);
            });
            world.pass(25_000);
            check(world, seed);
        }
    }

    @ParameterizedTest
    @EnumSource(AppClient.Convention.class)
    void applicationsWithAConvention(AppClient.Convention convention) {
        for (boolean connectionPerOffer : new boolean[] {false, true}) {
            if (connectionPerOffer
                    && convention != AppClient.Convention.LATER_OFFERS
                    && convention != AppClient.Convention.EARLIER_OFFERS) {
                continue;
            }
            for (long seed = 0; seed < SEEDS; seed++) {
                PlainWorld world = new PlainWorld(seed, meshOf(8), false);
                live(world, number -> new AppClient(world, "p" + number, convention, connectionPerOffer));
                world.pass(10_000);
                check(world, seed);
            }
        }
    }

    private static void live(PlainWorld world, java.util.function.IntFunction<SimulatedClient> maker) {
        int joins = 2 + world.random.nextInt(4);
        for (int number = 1; number <= joins; number++) {
            SimulatedClient client = maker.apply(number);
            // Who may not send is not in a mesh; who does not want to is.
            world.join(client, !client.audience, EnumSet.allOf(Permission.class));
            world.pass(world.random.nextInt(3) == 0 ? world.within(30) : world.within(2500));
            if (world.random.nextInt(4) == 0) {
                List<SimulatedClient> present = new ArrayList<>(world.clients.values());
                world.leave(present.get(world.random.nextInt(present.size())));
            }
        }
    }

    static void check(PlainWorld world, long seed) {
        List<SimulatedClient> clients = List.copyOf(world.clients.values());
        for (SimulatedClient one : clients) {
            String about = "seed " + seed + ": ";
            assertEquals(List.of(), one.mishaps, about + one.id);
            assertEquals(clients.size() - 1, one.known.size(), about + one.id + " knows everybody");
            for (SimulatedClient two : clients) {
                if (one.equals(two)) {
                    continue;
                }
                String pair = about + one.id + " to " + two.id;
                SimulatedPeerConnection here = one.connections.get(two.id);
                SimulatedPeerConnection there = two.connections.get(one.id);
                if (one.audience && two.audience) {
                    continue;
                }
                assertNotNull(here, pair);
                assertNotNull(there, pair);
                assertTrue(here.isStable(), pair + " is stable");
                assertFalse(here.mixedUp, pair + " has one remote end");
                assertEquals(there.session(), here.remoteSession, pair);
                assertEquals(!one.audience, here.sends(), pair + " sends");
                assertEquals(!two.audience, here.receives(), pair + " receives");
                Set<String> gathered = two.gathered.get(there.ufrag());
                assertEquals(gathered, here.usable, pair + " has the other's candidates, useless " + here.useless);
            }
        }
    }

    @Test
    void simulatedClientsFailWithoutTheServersHelp() {
        // What the simulation would prove is nothing if its clients came together whatever the server does.
        SimulatedPeerConnection one = new SimulatedPeerConnection("1", false, true, false);
        SimulatedPeerConnection two = new SimulatedPeerConnection("2", false, true, false);
        String offer = one.offer();
        two.offer();
        assertFalse(two.takeOffer(offer));
    }
}
