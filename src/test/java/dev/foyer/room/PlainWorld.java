package dev.foyer.room;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A room of simulated plain clients behind sockets that are slow, each in its own way, and keep their order. */
final class PlainWorld {
    static final String ROOM = "room";

    final ManualLoop loop = new ManualLoop();
    final FakeMediaPlane plane = new FakeMediaPlane();
    final Random random;
    final Map<String, SimulatedClient> clients = new LinkedHashMap<>();
    final Rooms rooms;
    private final Map<String, Long> arrivals = new HashMap<>();
    final boolean candidatesSayWhose;
    private final RoomSpec spec;
    private final long startNanos = loop.nowNanos();
    private int numbers;

    PlainWorld(long seed, RoomSettings settings, boolean sfuOnly) {
        this.random = new Random(seed);
        this.candidatesSayWhose = random.nextBoolean();
        this.spec = new RoomSpec(RoomType.MANSION, null, false, sfuOnly, true, null, Map.of());
        this.rooms = new Rooms(
                "node",
                List.of(loop),
                new InMemoryRoomDirectory(),
                plane,
                _ -> List.of(),
                (recipient, event) -> deliver(recipient.participantId(), event),
                settings);
    }

    int nextNumber() {
        return ++numbers;
    }

    /** Up to so many milliseconds. */
    long within(int millis) {
        return random.nextInt(millis + 1);
    }

    void later(long millis, Runnable task) {
        loop.schedule(TimeUnit.MILLISECONDS.toNanos(millis), task);
    }

    void pass(long millis) {
        for (long left = millis; left > 0; left -= 500) {
            loop.advance(Math.min(500, left));
            plane.sessions.forEach(session -> {
                session.connectsAtOnce = false;
                List.copyOf(session.connections.values()).forEach(connection -> connect(session, connection));
            });
        }
    }

    /** Media reaches a connection when both ends took the other's description. */
    private void connect(FakeMediaPlane.Session session, FakeConnection connection) {
        clients.values().stream()
                .flatMap(client -> client.connections.values().stream())
                .filter(here -> connection.descriptionSession().equals(here.remoteSession))
                .filter(here -> here.session().equals(connection.clientSession))
                .forEach(_ -> session.connect(connection.id));
    }

    void join(SimulatedClient client, boolean publishes) {
        join(client, publishes, publishes ? EnumSet.allOf(Permission.class) : Set.of(Permission.SUBSCRIBE));
    }

    void join(SimulatedClient client, boolean publishes, Set<Permission> permissions) {
        clients.put(client.id, client);
        RoomCommand.Join join = new RoomCommand.Join(
                client.dialect,
                "user-" + client.id,
                publishes ? ParticipantRole.PARTICIPANT : ParticipantRole.VIEWER,
                null,
                null,
                null,
                client.mesh,
                null,
                permissions);
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        var _ = reply.whenComplete((joined, failure) -> {
            if (failure == null) {
                travel("down " + client.id, () -> client.joined(joined));
            }
        });
        travel("up " + client.id, () -> rooms.join(ROOM, spec, client.id, join, reply));
    }

    void leave(SimulatedClient client) {
        clients.remove(client.id);
        client.gone = true;
        travel("up " + client.id, () -> rooms.ask(ROOM, client.id, new RoomCommand.Leave(), new CompletableFuture<>()));
    }

    void send(SimulatedClient from, String to, PeerSignal signal) {
        travel("up " + from.id, () -> {
            if (!from.gone) {
                rooms.ask(
                        ROOM,
                        from.id,
                        new RoomCommand.Negotiate(new Target.Peer(to), signal),
                        new CompletableFuture<>());
            }
        });
    }

    /** Does something a little later, after whatever was to be done the same way before. */
    void inOrder(String way, int millis, Runnable task) {
        long elapsed = TimeUnit.NANOSECONDS.toMillis(loop.nowNanos() - startNanos);
        long due = Math.max(elapsed + within(millis), arrivals.getOrDefault(way, 0L));
        arrivals.put(way, due);
        later(due - elapsed, task);
    }

    private void deliver(String id, RoomEvent event) {
        travel("down " + id, () -> {
            SimulatedClient client = clients.get(id);
            if (client != null) {
                client.hear(event);
            }
        });
    }

    private void travel(String way, Runnable arrival) {
        inOrder(way, 80, arrival);
    }
}
