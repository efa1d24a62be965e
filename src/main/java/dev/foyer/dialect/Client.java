package dev.foyer.dialect;

import dev.foyer.auth.Identity;
import dev.foyer.room.Dialect;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import dev.foyer.room.Rooms;
import dev.foyer.socketio.Ack;
import dev.foyer.socketio.DisconnectReason;
import dev.foyer.socketio.Socket;
import dev.foyer.socketio.SocketListener;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket and the rooms that it is in. Messages come on the socket's context, replies and events on the loop of the room
 * concerned; what both touch is atomic.
 */
public final class Client implements SocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    /** By how many events more than others a client may burst for each peer that it has. */
    private static final int ALLOWANCE_PER_PEER = 40;

    /** Rooms that one socket may be in. */
    private static final int MAX_ROOMS = 32;

    private final Socket socket;
    private final Rooms rooms;
    private final SocketDialects dialects;
    private final ClientLimits limits;
    private final Consumer<Client> gone;
    private final ConcurrentMap<String, Stay> stays = new ConcurrentHashMap<>();
    private final ConcurrentMap<Dialect, String> latest = new ConcurrentHashMap<>();
    private volatile Identity identity;

    /** Rooms in whose lobby it waits. */
    private final Set<String> lobbies = ConcurrentHashMap.newKeySet();

    Client(
            Socket socket,
            Rooms rooms,
            Identity identity,
            SocketDialects dialects,
            ClientLimits limits,
            Consumer<Client> gone) {
        this.socket = socket;
        this.rooms = rooms;
        this.identity = identity;
        this.dialects = dialects;
        this.limits = limits;
        this.gone = gone;
    }

    /** The socket; its id is the client's participant id in every room. */
    public Socket socket() {
        return socket;
    }

    /** Who it speaks for. */
    public Identity identity() {
        return identity;
    }

    /** Whom it speaks for from now on, by another token of the same user. */
    void identity(Identity renewed) {
        identity = renewed;
    }

    /**
     * Takes another token of the same user, for the same room and role, before the one that it has shown ends.
     *
     * @param done told the identity that holds from now on; a refusal goes to the answer
     */
    public void renew(String token, Answer answer, Consumer<Identity> done) {
        dialects.tokens().renew(this, token, answer, done);
    }

    /** Tells it that its token ends soon. */
    void warn() {
        Instant expiresAt = identity.expiresAt();
        if (expiresAt != null) {
            protocolsSpoken().forEach(protocol -> protocol.expiring(socket, expiresAt));
        }
    }

    /** Its token has ended: it is told so and disconnected, which takes it out of its rooms. */
    void expire() {
        LOG.debug("{} has an expired token, is in {} rooms", socket.id(), stays.size());
        RoomErrorCode code = RoomErrorCode.TOKEN_EXPIRED;
        protocolsSpoken().forEach(protocol -> protocol.refuse(socket, "connect", code, code.text(), Map.of()));
        socket.disconnect(false);
    }

    /** Every room of this node, for protocols that make rooms. */
    public Rooms rooms() {
        return rooms;
    }

    @Override
    public void onEvent(String event, List<@Nullable Object> args, @Nullable Ack ack) {
        Protocol protocol = dialects.speaking(event);
        Answer answer = answer(protocol, event, ack);
        long wait = limits.message();
        if (wait > 0) {
            answer.rateLimited(wait);
            return;
        }
        try {
            Request request = protocol == null ? null : protocol.request(event);
            if (request == null) {
                throw Fields.invalid("event", "known");
            }
            boolean empty = args.isEmpty() || args.getFirst() == null;
            request.handle(this, Fields.of(empty ? Map.of() : args.getFirst()), answer);
        } catch (RuntimeException failure) {
            answer.fail(failure);
        }
    }

    @Override
    public void onInvalidEvent(String event, @Nullable Ack ack) {
        answer(dialects.speaking(event), event, ack).fail(new RoomException(RoomErrorCode.INVALID_MESSAGE));
    }

    @Override
    public void onRateLimited(String event, @Nullable Ack ack, long retryAfterMillis) {
        answer(dialects.speaking(event), event, ack).rateLimited(retryAfterMillis);
    }

    @Override
    public void onSuspended() {
        stays.keySet().forEach(roomId -> tell(roomId, new RoomCommand.Suspend()));
    }

    @Override
    public void onResumed(boolean recovered) {
        if (recovered) {
            stays.keySet().forEach(roomId -> tell(roomId, new RoomCommand.Return()));
        } else {
            // The client begins anew and knows of no room until it joins; its seats wait for that as if it were away.
            stays.clear();
            latest.clear();
        }
    }

    @Override
    public void onDisconnected(DisconnectReason reason) {
        LOG.debug("{} disconnected ({}), leaves {} rooms", socket.id(), reason, stays.size());
        stays.keySet().forEach(roomId -> tell(roomId, new RoomCommand.Leave()));
        lobbies.forEach(roomId -> tell(roomId, new RoomCommand.Leave()));
        limits.end();
        gone.accept(this);
    }

    /**
     * Takes a seat. In a protocol of one room at a time the room that the socket was in is left once it has another.
     *
     * @throws RoomException {@code RATE_LIMITED} when there are too many joins, or rooms made by them
     * @param mayCreate whether the room is made when there is none; otherwise that is {@code ROOM_NOT_FOUND}
     * @param joined told before any event of the room arrives
     */
    public void join(
            Protocol protocol,
            SeatRequest request,
            boolean mayCreate,
            Answer answer,
            Consumer<RoomReply.Joined> joined) {
        String roomId = request.roomId();
        if (!stays.containsKey(roomId) && stays.size() + lobbies.size() >= MAX_ROOMS) {
            answer.fail(new RoomException(RoomErrorCode.FORBIDDEN, "Too many rooms"));
            return;
        }
        limits.join(roomId);
        if (mayCreate) {
            limits.room(rooms, roomId);
        }
        Stay stay = new Stay(protocol);
        Stay before = stays.put(roomId, stay);
        String roomBefore = latest.put(protocol.dialect(), roomId);
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        reply.thenAccept(seat -> {
                    stay.seated = true;
                    lobbies.remove(roomId);
                    // A join that was overtaken by another is left by that one.
                    if (!protocol.severalRooms() && roomId.equals(latest.get(protocol.dialect()))) {
                        leaveOthers(protocol, roomId);
                    }
                    stay.peers.set(seat.peers().size());
                    allow();
                    LOG.debug(
                            "room {}: {} joined by {}, {} others",
                            roomId,
                            socket.id(),
                            protocol.dialect(),
                            seat.peers().size());
                    joined.accept(seat);
                    catchUp(roomId);
                })
                .exceptionally(failure -> {
                    if (isOf(RoomErrorCode.LOBBY, failure)) {
                        lobbies.add(roomId);
                    }
                    if (before == null) {
                        stays.remove(roomId, stay);
                    } else {
                        stays.replace(roomId, stay, before);
                    }
                    fallBack(protocol, roomId, roomBefore);
                    answer.fail(failure);
                    catchUp(roomId);
                    return null;
                });
        if (mayCreate) {
            rooms.join(roomId, request.spec(), socket.id(), request.command(), reply);
        } else {
            rooms.ask(roomId, socket.id(), request.command(), reply);
        }
    }

    /** Leaves a room; {@code left} is told when that is done. */
    public void leave(String roomId, Answer answer, Runnable left) {
        ask(roomId, new RoomCommand.Leave(), answer, _ -> {
            LOG.debug("room {}: {} left", roomId, socket.id());
            left.run();
        });
        forget(roomId);
    }

    /**
     * Counts a room that the client is about to make, if there is none.
     *
     * @throws RoomException {@code RATE_LIMITED} when it makes too many
     */
    public void countRoom(String roomId) {
        limits.room(rooms, roomId);
    }

    /** Asks a room, whether the socket is in it or not; a failure goes to the answer. */
    public <R extends RoomReply> void ask(String roomId, RoomCommand<R> command, Answer answer, Consumer<R> done) {
        // What strangers send is no charge to a room, and leaving is always possible.
        long wait = stays.containsKey(roomId) && !(command instanceof RoomCommand.Leave) ? limits.messageTo(roomId) : 0;
        if (wait > 0) {
            answer.rateLimited(wait);
            return;
        }
        CompletableFuture<R> reply = new CompletableFuture<>();
        reply.thenAccept(done).exceptionally(failure -> {
            answer.fail(failure);
            return null;
        });
        rooms.ask(roomId, socket.id(), command, reply);
    }

    /**
     * The room that a message without a room is for: in a protocol of one room at a time the last one joined, otherwise the
     * only one.
     *
     * @throws RoomException {@code NOT_IN_ROOM} when there is none, {@code INVALID_MESSAGE} when there are several
     */
    public String room(Protocol protocol) {
        String last = latest.get(protocol.dialect());
        if (last == null) {
            throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
        }
        if (protocol.severalRooms()
                && stays.values().stream().filter(stay -> stay.isOf(protocol)).count() > 1) {
            throw Fields.invalid("roomId", "given by who is in several rooms");
        }
        return last;
    }

    /**
     * Notes that the client gets something that it gets once a stay.
     *
     * @return false when it was noted before, or the client is not in the room
     */
    public boolean mark(String roomId, String once) {
        Stay stay = stays.get(roomId);
        return stay != null && stay.marks.add(once);
    }

    /** Takes {@link #mark} back: the client did not get it. */
    public void unmark(String roomId, String once) {
        Stay stay = stays.get(roomId);
        if (stay != null) {
            stay.marks.remove(once);
        }
    }

    /** Passes an event on, unless it is of a room that the client does not know itself in. */
    void deliver(String roomId, Protocol protocol, RoomEvent event) {
        if (event instanceof RoomEvent.Admitted || event instanceof RoomEvent.Denied) {
            lobbies.remove(roomId);
            protocol.write(this, roomId, event);
            return;
        }
        Stay stay = stays.get(roomId);
        if (stay == null || !stay.isOf(protocol)) {
            return;
        }
        switch (event) {
            case RoomEvent.PeerJoined _ -> {
                stay.peers.incrementAndGet();
                allow();
            }
            case RoomEvent.PeerLeft _ -> {
                stay.peers.decrementAndGet();
                allow();
            }
            case RoomEvent.Removed _, RoomEvent.RoomClosed _ -> forget(roomId);
            default -> {}
        }
        protocol.write(this, roomId, event);
    }

    /** In which it has joined rooms; as long as there are none, the one that is assumed. */
    private Set<Protocol> protocolsSpoken() {
        Set<Protocol> spoken = new HashSet<>();
        stays.values().forEach(stay -> spoken.add(stay.protocol));
        return spoken.isEmpty() ? Set.of(dialects.first()) : spoken;
    }

    private Answer answer(@Nullable Protocol protocol, String event, @Nullable Ack ack) {
        return new Answer(socket, event, ack, (protocol == null ? dialects.first() : protocol)::refuse);
    }

    /** A room that was to be the latest is not; a join that it overtook has left it to it to leave the others. */
    private void fallBack(Protocol protocol, String roomId, @Nullable String roomBefore) {
        String last = latest.computeIfPresent(protocol.dialect(), (_, room) -> {
            if (!room.equals(roomId)) {
                return room;
            }
            return roomBefore != null && stays.containsKey(roomBefore) ? roomBefore : anyRoom(protocol);
        });
        Stay stay = last == null ? null : stays.get(last);
        if (stay != null && stay.seated && !protocol.severalRooms()) {
            leaveOthers(protocol, last);
        }
    }

    private static boolean isOf(RoomErrorCode code, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RoomException refusal && refusal.code() == code;
    }

    private void leaveOthers(Protocol protocol, String roomId) {
        for (Map.Entry<String, Stay> other : stays.entrySet()) {
            if (other.getValue().isOf(protocol) && !other.getKey().equals(roomId)) {
                tell(other.getKey(), new RoomCommand.Leave());
                stays.remove(other.getKey(), other.getValue());
            }
        }
    }

    private void forget(String roomId) {
        Stay stay = stays.remove(roomId);
        if (stay != null) {
            Dialect dialect = stay.protocol.dialect();
            latest.computeIfPresent(dialect, (_, last) -> last.equals(roomId) ? anyRoom(stay.protocol) : last);
        }
    }

    private @Nullable String anyRoom(Protocol protocol) {
        for (Map.Entry<String, Stay> stay : stays.entrySet()) {
            if (stay.getValue().isOf(protocol)) {
                return stay.getKey();
            }
        }
        return null;
    }

    /** The connection may have been lost while the room did not know of the socket yet. */
    private void catchUp(String roomId) {
        switch (socket.state()) {
            case SUSPENDED -> tell(roomId, new RoomCommand.Suspend());
            case DISCONNECTED -> tell(roomId, new RoomCommand.Leave());
            case CONNECTED -> {}
        }
    }

    private void tell(String roomId, RoomCommand<RoomReply.Done> command) {
        rooms.ask(roomId, socket.id(), command, new CompletableFuture<>());
    }

    private void allow() {
        int peers = 0;
        for (Stay stay : stays.values()) {
            peers += Math.max(0, stay.peers.get());
        }
        socket.allowance(ALLOWANCE_PER_PEER * peers);
    }

    /** That the client is in a room, and how many others are. */
    private static final class Stay {
        private final Protocol protocol;
        private final AtomicInteger peers = new AtomicInteger();
        private final Set<String> marks = ConcurrentHashMap.newKeySet();

        /** Whether the room has said that the client is in it. */
        private volatile boolean seated;

        private Stay(Protocol protocol) {
            this.protocol = protocol;
        }

        private boolean isOf(Protocol other) {
            return protocol.dialect() == other.dialect();
        }
    }
}
