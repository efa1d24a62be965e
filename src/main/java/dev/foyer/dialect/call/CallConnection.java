package dev.foyer.dialect.call;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.Answer;
import dev.foyer.dialect.Fields;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client of the dialect. Messages come on the socket's context, replies and events on the room's loop; what both touch
 * is atomic.
 */
final class CallConnection implements SocketListener {
    /** By how many events more than others a client may burst for each peer that it has. */
    private static final int ALLOWANCE_PER_PEER = 40;

    private final Socket socket;
    private final Rooms rooms;
    private final Identity identity;
    private final Consumer<CallConnection> gone;
    private final AtomicReference<@Nullable String> room = new AtomicReference<>();
    private final AtomicInteger peers = new AtomicInteger();

    CallConnection(Socket socket, Rooms rooms, Identity identity, Consumer<CallConnection> gone) {
        this.socket = socket;
        this.rooms = rooms;
        this.identity = identity;
        this.gone = gone;
    }

    Identity identity() {
        return identity;
    }

    @Override
    public void onEvent(String event, List<@Nullable Object> args, @Nullable Ack ack) {
        Answer answer = new Answer(socket, event, ack);
        CallRequest request = CallRequests.find(event);
        try {
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
        new Answer(socket, event, ack).fail(new RoomException(RoomErrorCode.INVALID_MESSAGE));
    }

    @Override
    public void onRateLimited(String event, @Nullable Ack ack, long retryAfterMillis) {
        new Answer(socket, event, ack).rateLimited(retryAfterMillis);
    }

    @Override
    public void onSuspended() {
        tell(new RoomCommand.Suspend());
    }

    @Override
    public void onResumed(boolean recovered) {
        if (recovered) {
            tell(new RoomCommand.Return());
        } else {
            // The client begins anew and knows of no room until it joins; its seat waits for that as if it were away.
            room.set(null);
        }
    }

    @Override
    public void onDisconnected(DisconnectReason reason) {
        tell(new RoomCommand.Leave());
        gone.accept(this);
    }

    /** Makes a room, or finds it. */
    void create(CallJoin.Target target, Answer answer) {
        rooms.create(target.roomId(), target.spec()).whenComplete((created, failure) -> {
            if (failure != null) {
                answer.fail(failure);
            } else {
                answer.succeed(CallReplies.success(CallReplies.created(created)));
            }
        });
    }

    /** Takes a seat; the room that the socket was in is left once it has another. */
    void join(CallJoin join, Answer answer) {
        String roomId = join.target().roomId();
        String before = room.getAndSet(roomId);
        CompletableFuture<RoomReply.Joined> reply = new CompletableFuture<>();
        reply.thenAccept(joined -> {
                    if (before != null && !before.equals(roomId)) {
                        rooms.ask(before, socket.id(), new RoomCommand.Leave(), new CompletableFuture<>());
                    }
                    peers.set(joined.peers().size());
                    allow();
                    answer.succeed(CallReplies.success(CallReplies.joined(joined)));
                    catchUp();
                })
                .exceptionally(failure -> {
                    room.compareAndSet(roomId, before);
                    answer.fail(failure);
                    catchUp();
                    return null;
                });
        if (join.mayCreate()) {
            rooms.join(roomId, join.target().spec(), socket.id(), join.command(), reply);
        } else {
            rooms.ask(roomId, socket.id(), join.command(), reply);
        }
    }

    void leave(Answer answer) {
        ask(new RoomCommand.Leave(), answer, _ -> Map.of());
        room.set(null);
    }

    /** Asks the room that the socket is in. */
    <R extends RoomReply> void ask(
            RoomCommand<R> command, Answer answer, Function<R, Map<String, ? extends @Nullable Object>> encode) {
        String current = room.get();
        if (current == null) {
            throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
        }
        ask(current, command, answer, encode);
    }

    /** Asks a room, whether the socket is in it or not. */
    <R extends RoomReply> void ask(
            String roomId,
            RoomCommand<R> command,
            Answer answer,
            Function<R, Map<String, ? extends @Nullable Object>> encode) {
        CompletableFuture<R> reply = new CompletableFuture<>();
        reply.thenAccept(value -> answer.succeed(CallReplies.success(encode.apply(value))))
                .exceptionally(failure -> {
                    answer.fail(failure);
                    return null;
                });
        rooms.ask(roomId, socket.id(), command, reply);
    }

    /** Passes an event on, unless it is of a room that the client does not know itself in. */
    void deliver(String roomId, RoomEvent event) {
        if (!roomId.equals(room.get())) {
            return;
        }
        switch (event) {
            case RoomEvent.PeerJoined _ -> {
                peers.incrementAndGet();
                allow();
            }
            case RoomEvent.PeerLeft _ -> {
                peers.decrementAndGet();
                allow();
            }
            case RoomEvent.Removed _, RoomEvent.RoomClosed _ -> room.compareAndSet(roomId, null);
            default -> {}
        }
        CallEvents.send(socket, event);
    }

    /** The connection may have been lost while the room did not know of the socket yet. */
    private void catchUp() {
        switch (socket.state()) {
            case SUSPENDED -> onSuspended();
            case DISCONNECTED -> tell(new RoomCommand.Leave());
            case CONNECTED -> {}
        }
    }

    private void tell(RoomCommand<RoomReply.Done> command) {
        String current = room.get();
        if (current != null) {
            rooms.ask(current, socket.id(), command, new CompletableFuture<>());
        }
    }

    private void allow() {
        socket.allowance(ALLOWANCE_PER_PEER * Math.max(0, peers.get()));
    }
}
