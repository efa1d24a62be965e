package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Rooms on a manual loop with a fake media plane, and everything that participants were told. */
final class House {
    static final String ROOM = "room";

    final ManualLoop loop = new ManualLoop();
    final FakeMediaPlane plane = new FakeMediaPlane();
    final Map<String, List<RoomEvent>> heard = new LinkedHashMap<>();
    final InMemoryRoomDirectory directory = new InMemoryRoomDirectory();
    final Rooms rooms;

    House() {
        this(RoomSettings.defaults());
    }

    House(RoomSettings settings) {
        rooms = new Rooms(
                "node",
                List.of(loop),
                directory,
                plane,
                userId -> List.of(new IceServer(List.of("turn:localhost"), userId, "secret")),
                (recipient, event) -> heard.computeIfAbsent(recipient.participantId(), _ -> new ArrayList<>())
                        .add(event),
                settings);
    }

    static RoomCommand.Join mesh(String userId) {
        return join(userId, Dialect.CALL, true);
    }

    static RoomCommand.Join plain(String userId) {
        return join(userId, Dialect.CALL, false);
    }

    static RoomCommand.Join join(String userId, Dialect dialect, boolean meshCapable) {
        return new RoomCommand.Join(
                dialect,
                userId,
                ParticipantRole.PARTICIPANT,
                null,
                null,
                null,
                meshCapable ? new MeshSupport.Seamless() : new MeshSupport.None(),
                FakeMediaPlane.capabilities(),
                EnumSet.allOf(Permission.class));
    }

    RoomReply.Joined join(String id) {
        return join(id, mesh("user-" + id));
    }

    RoomReply.Joined join(String id, RoomCommand.Join command) {
        return join(ROOM, RoomSpec.of(RoomType.MANSION), id, command);
    }

    RoomReply.Joined join(String roomId, RoomSpec spec, String id, RoomCommand.Join command) {
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        rooms.join(roomId, spec, id, command, reply);
        return settled(reply);
    }

    <R extends RoomReply> R ask(String id, RoomCommand<R> command) {
        CompletableFuture<R> reply = new CompletableFuture<>();
        rooms.ask(ROOM, id, command, reply);
        return settled(reply);
    }

    /** The code with which a command is refused. */
    RoomErrorCode refusal(String id, RoomCommand<?> command) {
        try {
            ask(id, command);
        } catch (RoomException refusal) {
            return refusal.code();
        }
        throw new AssertionError(command + " was carried out");
    }

    <T> T settled(CompletableFuture<T> reply) {
        loop.run();
        if (!reply.isDone()) {
            throw new AssertionError("no reply");
        }
        try {
            return reply.join();
        } catch (CompletionException e) {
            throw (RoomException) e.getCause();
        }
    }

    String transport(String id, TransportDirection direction) {
        return ask(id, new RoomCommand.CreateTransport(direction)).parameters().id();
    }

    String connectedTransport(String id, TransportDirection direction) {
        String transport = transport(id, direction);
        plane.session().connect(transport);
        loop.run();
        return transport;
    }

    String produce(String id, String transport, boolean paused) {
        RtpParameters parameters =
                new RtpParameters("0", List.of(), List.of(), List.of(), new RtcpParameters(null, true));
        return ask(
                        id,
                        new RoomCommand.Produce(
                                transport, MediaKind.VIDEO, parameters, Map.of("source", "camera"), paused))
                .producerId();
    }

    String consume(String id, String transport, String producer) {
        return ask(id, new RoomCommand.Consume(transport, producer, null, true))
                .parameters()
                .id();
    }

    /** What a participant heard since it was last asked. */
    List<RoomEvent> hears(String id) {
        loop.run();
        List<RoomEvent> events = heard.remove(id);
        return events == null ? List.of() : events;
    }

    /** Of that, what is of one type. */
    <E extends RoomEvent> List<E> hears(String id, Class<E> type) {
        return hears(id).stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What the others hear when somebody leaves who joined by {@link #mesh} or {@link #plain} as its own user. */
    RoomEvent left(String id) {
        return new RoomEvent.PeerLeft(
                new Peer(id, "user-" + id, ParticipantRole.PARTICIPANT, null, null, null, loop.nowMillis()));
    }

    void forgetHeard() {
        loop.run();
        heard.clear();
    }

    void ready(long epoch, String... ids) {
        for (String id : ids) {
            ask(id, new RoomCommand.ModeReady(epoch));
        }
    }
}
