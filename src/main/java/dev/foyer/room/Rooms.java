package dev.foyer.room;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rooms of this node. Safe for use from any thread.
 *
 * <p>Replies are completed on the loop of the room concerned. Who wants to pass a reply on before any event that follows
 * it hands in a future whose continuations are set already.
 */
public final class Rooms {
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

    /** By how many seats and rooms a loop may be ahead before differences between loops count. */
    private static final int LOAD_SLACK = 64;

    /** How long whoever wants one room too many is told to wait: another has to end first. */
    private static final long FULL_RETRY_MILLIS = 10_000;

    private final String node;
    private final List<LoopLoad> loops;
    private final RoomSurroundings surroundings;
    private final RoomDirectory directory;
    private final ConcurrentMap<String, Room> rooms = new ConcurrentHashMap<>();
    private volatile boolean refusesNew;

    /**
     * Opens a house without rooms.
     *
     * @param node this node's name in the directory
     * @param loops where rooms may live, at least one
     * @param sink told of everything that participants should hear
     */
    public Rooms(
            String node,
            List<RoomLoop> loops,
            RoomDirectory directory,
            MediaPlane mediaPlane,
            IceServers iceServers,
            EventSink sink,
            RoomSettings settings) {
        this(node, loops, directory, mediaPlane, iceServers, sink, settings, new SecureRandom(), RoomObserver.NONE);
    }

    /**
     * Opens a house without rooms.
     *
     * @param random makes secrets; safe for use from all loops
     * @param observer told of rooms and of who is in them
     */
    public Rooms(
            String node,
            List<RoomLoop> loops,
            RoomDirectory directory,
            MediaPlane mediaPlane,
            IceServers iceServers,
            EventSink sink,
            RoomSettings settings,
            RandomGenerator random,
            RoomObserver observer) {
        if (loops.isEmpty()) {
            throw new IllegalArgumentException("rooms need a loop");
        }
        this.node = node;
        this.loops = loops.stream().map(LoopLoad::new).toList();
        this.directory = directory;
        this.surroundings = new RoomSurroundings(
                mediaPlane, iceServers, sink, observer, settings, new RoomCounters(), this::pass, random);
    }

    /** Makes a room unless there is one. The reply shows the room with the options of whoever made it. */
    public CompletionStage<RoomReply.Created> create(String roomId, RoomSpec spec) {
        return create(roomId, spec, null);
    }

    /**
     * As {@link #create(String, RoomSpec)}, for somebody who will join: where that takes an invitation, it needs none.
     *
     * @param makerId its Socket.IO socket id, or null
     */
    public CompletionStage<RoomReply.Created> create(String roomId, RoomSpec spec, @Nullable String makerId) {
        CompletableFuture<RoomReply.Created> reply = new CompletableFuture<>();
        create(roomId, spec, makerId, reply);
        return reply;
    }

    /**
     * Takes a seat in a room, which is made if there is none.
     *
     * @param spec for a room that is made now
     * @param participantId the participant's Socket.IO socket id
     * @param reply completed with the reply or failed with a {@link RoomException}
     */
    public void join(
            String roomId,
            RoomSpec spec,
            String participantId,
            RoomCommand.Join command,
            CompletableFuture<RoomReply.Joined> reply) {
        withRoom(
                roomId,
                spec,
                command.userId(),
                reply,
                room -> room.submit(
                        participantId,
                        command,
                        reply,
                        () -> whenGone(room, () -> join(roomId, spec, participantId, command, reply))));
    }

    /**
     * Asks a room for something. Unknown rooms answer {@code ROOM_NOT_FOUND}, known ones {@code NOT_IN_ROOM} to whoever
     * has no seat.
     *
     * @param participantId who asks
     * @param reply completed with the reply or failed with a {@link RoomException}
     */
    public <R extends RoomReply> void ask(
            String roomId, String participantId, RoomCommand<R> command, CompletableFuture<R> reply) {
        Room room = rooms.get(roomId);
        if (room == null) {
            if (command instanceof RoomCommand.Negotiate) {
                surroundings.counters().crossRoomRefused();
            }
            reply.completeExceptionally(new RoomException(RoomErrorCode.ROOM_NOT_FOUND));
            return;
        }
        var _ = reply.whenComplete((_, failure) -> {
            if (failure instanceof RoomException refusal && refusal.code() == RoomErrorCode.RATE_LIMITED) {
                surroundings.counters().holdingRefused();
            }
        });
        room.submit(
                participantId,
                command,
                reply,
                () -> reply.completeExceptionally(new RoomException(RoomErrorCode.ROOM_NOT_FOUND)));
    }

    /**
     * Has the server itself moderate a room, as somebody who may do everything and has no seat: {@link
     * RoomCommand.Moderate}, {@link RoomCommand.LockRoom}, {@link RoomCommand.Admit}, {@link RoomCommand.Deny}, {@link
     * RoomCommand.CreateInvitation}, {@link RoomCommand.RevokeInvitation} and {@link RoomCommand.SetPlayback}, what the
     * room's type has of them. Other commands are {@code NOT_IN_ROOM}.
     *
     * @param reply completed with the reply or failed with a {@link RoomException}
     */
    public <R extends RoomReply> void administer(String roomId, RoomCommand<R> command, CompletableFuture<R> reply) {
        Runnable notFound = () -> reply.completeExceptionally(new RoomException(RoomErrorCode.ROOM_NOT_FOUND));
        Room room = rooms.get(roomId);
        if (room == null) {
            notFound.run();
        } else {
            room.submit(null, command, reply, notFound);
        }
    }

    /** What is in a room now; {@code ROOM_NOT_FOUND} when there is none. */
    public CompletionStage<RoomReport> report(String roomId) {
        CompletableFuture<RoomReport> reply = new CompletableFuture<>();
        Room room = rooms.get(roomId);
        if (room == null) {
            reply.completeExceptionally(new RoomException(RoomErrorCode.ROOM_NOT_FOUND));
        } else {
            room.report(reply);
        }
        return reply;
    }

    /**
     * Takes the seats of a user away: it is told so, and the others that it left. Fails with {@code ROOM_NOT_FOUND} or
     * {@code PARTICIPANT_NOT_FOUND}.
     */
    public CompletionStage<Void> expel(String roomId, String userId) {
        CompletableFuture<Void> reply = new CompletableFuture<>();
        Room room = rooms.get(roomId);
        if (room == null) {
            reply.completeExceptionally(new RoomException(RoomErrorCode.ROOM_NOT_FOUND));
        } else {
            room.expel(userId, reply);
        }
        return reply;
    }

    /** Ends a room: everybody in it is told. */
    public CompletionStage<Void> close(String roomId, String reason) {
        Room room = rooms.get(roomId);
        if (room == null) {
            return CompletableFuture.failedFuture(new RoomException(RoomErrorCode.ROOM_NOT_FOUND));
        }
        room.close(reason);
        return room.gone();
    }

    /** Ends all rooms. Rooms that are made meanwhile are not affected. */
    public CompletionStage<Void> closeAll(String reason) {
        List<CompletableFuture<Void>> gone = new ArrayList<>();
        for (Room room : rooms.values()) {
            room.close(reason);
            gone.add(room.gone().toCompletableFuture());
        }
        return CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new));
    }

    /**
     * Tells everybody in every room to connect elsewhere.
     *
     * @param url where, or null for the address that clients know
     */
    public void move(@Nullable String url) {
        rooms.values().forEach(room -> room.announceMove(url));
    }

    /** From now on makes no rooms: whoever wants one is refused with {@code DRAINING}. Those that there are go on. */
    public void refuseNew() {
        refusesNew = true;
    }

    /** Whether there is a room of that id on this node now. */
    public boolean exists(String roomId) {
        return rooms.containsKey(roomId);
    }

    /** How many rooms there are on this node. */
    public int roomCount() {
        return rooms.size();
    }

    /** How many seats are taken on this node. */
    public int participantCount() {
        return loops.stream().mapToInt(load -> load.participants.get()).sum();
    }

    /** What happened in the rooms so far. */
    public RoomCounters counters() {
        return surroundings.counters();
    }

    /** A room of this node as it was a moment ago; empty when there is none. */
    public Optional<RoomSummary> summary(String roomId) {
        return Optional.ofNullable(rooms.get(roomId)).map(Room::summary);
    }

    /** All rooms of this node as they were a moment ago. */
    public Collection<RoomSummary> summaries() {
        return rooms.values().stream().map(Room::summary).toList();
    }

    private void create(
            String roomId, RoomSpec spec, @Nullable String makerId, CompletableFuture<RoomReply.Created> reply) {
        withRoom(
                roomId,
                spec,
                null,
                reply,
                room -> room.describe(
                        makerId, reply, () -> whenGone(room, () -> create(roomId, spec, makerId, reply))));
    }

    private void pass(String roomId, HouseNote note) {
        Room room = rooms.get(roomId);
        if (room != null) {
            room.hear(note);
        }
    }

    private void withRoom(
            String roomId,
            RoomSpec spec,
            @Nullable String createdBy,
            CompletableFuture<?> reply,
            Consumer<Room> action) {
        if (refusesNew && !rooms.containsKey(roomId)) {
            reply.completeExceptionally(new RoomException(RoomErrorCode.DRAINING));
            return;
        }
        if (rooms.size() >= surroundings.settings().limits().rooms() && !rooms.containsKey(roomId)) {
            surroundings.counters().roomRefused();
            reply.completeExceptionally(RoomException.tooMany("rooms", FULL_RETRY_MILLIS));
            return;
        }
        LoopLoad load = home();
        Long endsAtMillis = spec.rules().endsAtMillis();
        if (endsAtMillis != null && endsAtMillis <= load.loop.nowMillis() && !rooms.containsKey(roomId)) {
            reply.completeExceptionally(new RoomException(RoomErrorCode.ROOM_CLOSED));
            return;
        }
        effective(roomId, spec)
                .thenCompose(effective ->
                        directory.claim(new RoomEntry(roomId, node, effective, createdBy, load.loop.nowMillis())))
                .whenComplete((entry, failure) -> {
                    if (failure != null || !entry.owner().equals(node)) {
                        reply.completeExceptionally(new RoomException(RoomErrorCode.INTERNAL));
                    } else {
                        action.accept(rooms.computeIfAbsent(roomId, _ -> start(entry, load)));
                    }
                });
    }

    /** What a room is made with: of what is asked for all that its type allows, around a lobby what that one says. */
    private CompletionStage<RoomSpec> effective(String roomId, RoomSpec asked) {
        RoomSpec allowed = asked.within(surroundings.settings().type(asked.type()));
        String lobby = HousePlan.lobbyOf(roomId);
        if (lobby == null) {
            return CompletableFuture.completedStage(allowed);
        }
        return directory.find(lobby).thenApply(entry -> {
            RoomSpec around = entry.map(RoomEntry::spec)
                    .map(spec -> spec.around(lobby, HousePlan.nameIn(roomId)))
                    .orElse(null);
            return around == null ? allowed : around;
        });
    }

    private Room start(RoomEntry entry, LoopLoad load) {
        load.rooms.incrementAndGet();
        Room room = new Room(entry, load.loop, surroundings, load.participants::addAndGet, ended -> {
            load.rooms.decrementAndGet();
            surroundings.observer().roomClosed(ended.summary().room());
            return directory.release(entry).whenComplete((_, _) -> rooms.remove(entry.roomId(), ended));
        });
        surroundings.counters().opened();
        surroundings.observer().roomOpened(room.summary().room());
        LOG.info("room {} opened as {}", entry.roomId(), entry.spec().type());
        room.start();
        return room;
    }

    private static void whenGone(Room closing, Runnable action) {
        closing.gone().whenComplete((_, _) -> action.run());
    }

    /** The caller's own loop, where its connection is, unless that carries far more than another. */
    private LoopLoad home() {
        LoopLoad best = loops.getFirst();
        for (LoopLoad load : loops) {
            if (load.weight() < best.weight()) {
                best = load;
            }
        }
        for (LoopLoad load : loops) {
            if (load.loop.current() && load.weight() <= 2 * best.weight() + LOAD_SLACK) {
                return load;
            }
        }
        return best;
    }

    private static final class LoopLoad {
        private final RoomLoop loop;
        private final AtomicInteger rooms = new AtomicInteger();
        private final AtomicInteger participants = new AtomicInteger();

        private LoopLoad(RoomLoop loop) {
            this.loop = loop;
        }

        private int weight() {
            return rooms.get() + participants.get();
        }
    }
}
