package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain clients of every kind get everybody's media through the SFU and send their own once. */
class PlainSfuSimulationTest {
    private static final int SEEDS = 100;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientsThatOfferToEverybody(boolean rollsBack) {
        for (long seed = 0; seed < SEEDS; seed++) {
            PlainWorld world = new PlainWorld(seed, RoomSettings.defaults(), true);
            live(world, number -> seedClient(world, number, rollsBack));
            world.pass(25_000);
            check(world, seed);
        }
    }

    @ParameterizedTest
    @EnumSource(AppClient.Convention.class)
    void applicationsWithAConvention(AppClient.Convention convention) {
        for (boolean connectionPerOffer : new boolean[] {false, true}) {
            for (long seed = 0; seed < SEEDS; seed++) {
                PlainWorld world = new PlainWorld(seed, RoomSettings.defaults(), true);
                live(world, number -> new AppClient(world, "p" + number, convention, connectionPerOffer));
                world.pass(25_000);
                check(world, seed);
            }
        }
    }

    @Test
    void allKindsInOneRoom() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PlainWorld world = new PlainWorld(seed, RoomSettings.defaults(), false);
            AppClient.Convention[] conventions = AppClient.Convention.values();
            live(world, number -> {
                AppClient.Convention convention = conventions[world.random.nextInt(conventions.length)];
                return switch (number) {
                    case 1 -> seedClient(world, number, false);
                    case 2 -> new AppClient(world, "p2", convention, true);
                    case 3 -> new AppClient(world, "p3", convention, false);
                    default -> seedClient(world, number, true);
                };
            });
            world.pass(60_000);
            if (world.clients.values().stream()
                            .map(client -> client.dialect)
                            .distinct()
                            .count()
                    > 1) {
                check(world, seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void meshThatGrowsMovesToTheSfuAndBack(boolean rollsBack) {
        for (long seed = 0; seed < SEEDS; seed++) {
            PlainWorld world = new PlainWorld(seed, RoomSettings.defaults(), false);
            List<SimulatedClient> clients = new ArrayList<>();
            for (int number = 1; number <= 5; number++) {
                SimulatedClient client = rollsBack && seed % 2 == 0
                        ? new AppClient(world, "p" + number, AppClient.Convention.LATER_OFFERS, false)
                        : seedClient(world, number, rollsBack);
                clients.add(client);
                world.join(client, !client.audience);
                world.pass(world.within(1500));
            }
            world.pass(40_000);
            check(world, seed);
            for (int i = 0; i < 3; i++) {
                SimulatedClient leaver = clients.remove(world.random.nextInt(clients.size()));
                world.leave(leaver);
                world.pass(world.within(3000));
                if (i < 2) {
                    world.pass(25_000);
                    check(world, seed);
                }
            }
            world.pass(120_000);
            boolean audience = clients.stream().anyMatch(client -> client.audience);
            if (audience || clients.getFirst() instanceof AppClient) {
                // Who may only receive is not in a mesh. Of applications nobody is a newcomer then, so nobody offers.
                check(world, seed);
            } else {
                PlainMeshSimulationTest.check(world, seed);
                assertEquals(Map.of(), world.plane.session().connections, "seed " + seed);
            }
        }
    }

    @Test
    void failedWorkerIsReplaced() {
        for (long seed = 0; seed < SEEDS; seed++) {
            PlainWorld world = new PlainWorld(seed, RoomSettings.defaults(), true);
            for (int number = 1; number <= 4; number++) {
                world.join(seedClient(world, number, seed % 2 == 0), true);
                world.pass(world.within(1500));
            }
            world.pass(world.within(10_000));
            world.plane.session().lose();
            world.pass(40_000);
            check(world, seed);
        }
    }

    private static SimulatedClient seedClient(PlainWorld world, int number, boolean rollsBack) {
        boolean audience = number > 1 && world.random.nextInt(6) == 0;
        return new SeedClient(world, "p" + number, rollsBack, audience, 50 + world.random.nextInt(3950));
    }

    private static void live(PlainWorld world, IntFunction<SimulatedClient> maker) {
        int joins = 3 + world.random.nextInt(4);
        for (int number = 1; number <= joins; number++) {
            SimulatedClient client = maker.apply(number);
            world.join(client, !client.audience);
            world.pass(world.random.nextInt(3) == 0 ? world.within(30) : world.within(2500));
            if (world.random.nextInt(4) == 0) {
                List<SimulatedClient> present = new ArrayList<>(world.clients.values());
                world.leave(present.get(world.random.nextInt(present.size())));
            }
        }
    }

    @Test
    void whoMayNotSendAnyMoreIsReceivedFromNoMore() {
        for (long seed = 0; seed < 10; seed++) {
            PlainWorld world = new PlainWorld(seed, RoomSettings.defaults(), true);
            for (int number = 1; number <= 4; number++) {
                world.join(seedClient(world, number, seed % 2 == 0), true);
                world.pass(world.within(1500));
            }
            world.pass(40_000);
            SimulatedClient demoted = world.clients.get("p1");
            List<String> before = receivedFrom(world, demoted);
            assertFalse(before.isEmpty(), "seed " + seed);
            setRole(world, "p1", ParticipantRole.VIEWER);
            world.pass(1);
            assertTrue(world.plane.session().pausedProducers.containsAll(before), "seed " + seed + ": silent at once");
            world.pass(40_000);
            check(world, seed, Set.of("p1"));
            setRole(world, "p1", ParticipantRole.PARTICIPANT);
            world.pass(40_000);
            check(world, seed);
            assertTrue(
                    Collections.disjoint(world.plane.session().pausedProducers, receivedFrom(world, demoted)),
                    "seed " + seed + ": heard again");
        }
    }

    private static void setRole(PlainWorld world, String id, ParticipantRole role) {
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        world.rooms.administer(PlainWorld.ROOM, new RoomCommand.Moderate(id, new Moderation.SetRole(role)), reply);
    }

    private static List<String> receivedFrom(PlainWorld world, SimulatedClient client) {
        return world.plane.session().connections.values().stream()
                .filter(connection -> client.connections.values().stream()
                        .anyMatch(here -> here.session().equals(connection.clientSession)))
                .flatMap(connection -> connection.receiving().stream())
                .toList();
    }

    private static void check(PlainWorld world, long seed) {
        check(world, seed, Set.of());
    }

    /** @param silenced who may not send */
    private static void check(PlainWorld world, long seed, Set<String> silenced) {
        Map<String, FakeConnection> live = new HashMap<>();
        world.plane.session().connections.values().forEach(one -> live.put(one.descriptionSession(), one));
        Map<String, Set<String>> published = new HashMap<>();
        for (SimulatedClient client : world.clients.values()) {
            List<List<String>> uplinks = client.connections.values().stream()
                    .map(connection -> live.get(String.valueOf(connection.remoteSession)))
                    .filter(connection ->
                            connection != null && !connection.receiving().isEmpty())
                    .map(FakeConnection::receiving)
                    .toList();
            boolean alone = world.clients.size() == 1;
            assertEquals(
                    client.audience || alone || silenced.contains(client.id) ? 0 : 1,
                    uplinks.size(),
                    "seed " + seed + ": uplinks of " + client.id);
            published.put(client.id, uplinks.isEmpty() ? Set.of() : new HashSet<>(uplinks.getFirst()));
        }
        Set<String> served = new HashSet<>();
        for (SimulatedClient one : world.clients.values()) {
            assertEquals(List.of(), one.mishaps, "seed " + seed + ": " + one.id);
            long sending = one.connections.values().stream()
                    .filter(SimulatedPeerConnection::sends)
                    .count();
            assertEquals(published.get(one.id).isEmpty() ? 0 : 1, sending, "seed " + seed + ": sends once " + one.id);
            for (SimulatedClient two : world.clients.values()) {
                if (one.equals(two)) {
                    continue;
                }
                String pair = "seed " + seed + ": " + one.id + " to " + two.id;
                assertTrue(one.known.contains(two.id), pair + " knows");
                SimulatedPeerConnection here = one.connections.get(two.id);
                if (here == null && two.audience) {
                    // Nothing comes from there, and what goes out goes out elsewhere.
                    continue;
                }
                assertNotNull(here, pair);
                assertTrue(here.isStable(), pair + " is stable");
                assertFalse(here.mixedUp, pair + " has one remote end");
                FakeConnection there = live.get(String.valueOf(here.remoteSession));
                assertNotNull(there, pair + " is connected");
                assertEquals(here.session(), there.clientSession, pair);
                assertEquals(two.id, there.streamId, pair);
                assertEquals(
                        published.get(two.id), new HashSet<>(there.sending().values()), pair + " gets what is sent");
                served.add(there.id);
            }
        }
        assertEquals(served, world.plane.session().connections.keySet(), "seed " + seed + ": nothing is left over");
    }
}
