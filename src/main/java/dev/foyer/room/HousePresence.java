package dev.foyer.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the guests of a house informed of who is in which of its rooms. The named rooms report to the lobby; the lobby
 * tells its own guests and every occupied room, which tells its guests in turn. What is told of a room is all that there is
 * to know of it, so a note that is lost or comes twice does no harm; notes are gathered for a while, so that their number
 * does not grow with that of the guests. Belongs to the loop of the room that it is part of.
 */
final class HousePresence {
    /** Guests of one room who are named; the others are counted. */
    static final int MAX_GUESTS = 50;

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HousePlan plan;
    private final String lobby;
    private final String own;
    private final Seats seats;
    private final HousePost post;
    private final Map<String, HouseRoom> rooms = new LinkedHashMap<>();
    private final Set<String> untold = new LinkedHashSet<>();
    private final Deadline pause = new Deadline();
    private int seen;

    /** @param roomId the room that this is part of */
    HousePresence(String roomId, HousePlan plan, Seats seats, HousePost post) {
        this.plan = plan;
        this.lobby = plan.lobby() == null ? roomId : plan.lobby();
        this.own = plan.lobby() == null ? HousePlan.LOBBY : HousePlan.nameIn(roomId);
        this.seats = seats;
        this.post = post;
        this.seen = seats.changes();
        rooms.put(HousePlan.LOBBY, HouseRoom.empty(HousePlan.LOBBY));
        plan.rooms().forEach(name -> rooms.put(name, HouseRoom.empty(name)));
    }

    /** A lobby that opens may find guests of a former one in its rooms. */
    void open() {
        if (isLobby()) {
            plan.rooms().forEach(name -> pass(name, new HouseNote.Inquiry()));
        }
    }

    HouseView view() {
        look();
        return new HouseView(lobby, own, List.copyOf(rooms.values()));
    }

    /**
     * Somebody took a seat. The first one is reported at once: the lobby has to know before that one leaves another room of
     * the house, which may have been the last guest there.
     */
    void seated() {
        if (!isLobby() && mine().participants() == 0) {
            look();
            report();
        }
    }

    /** A room with this name is around the lobby, or is it. */
    boolean has(String name) {
        return plan.has(name);
    }

    /** The name of the room that this is part of. */
    String own() {
        return own;
    }

    /** The id of a room of the house. */
    String roomId(String name) {
        return HousePlan.roomId(lobby, name);
    }

    /** The id of the lobby. */
    String lobby() {
        return lobby;
    }

    /** Whether nobody is in any of the rooms around this one. */
    boolean isDeserted() {
        return !isLobby()
                || rooms.values().stream()
                        .allMatch(
                                room -> room.participants() == 0 || room.name().equals(own));
    }

    /** What another room of the house has to say; {@link HouseNote.Closing} is not for this class. */
    void hear(HouseNote note) {
        switch (note) {
            case HouseNote.Occupancy(HouseRoom room) -> {
                HouseRoom before = rooms.replace(room.name(), room);
                if (before != null && !before.equals(room)) {
                    untold.add(room.name());
                }
                if (before != null && before.participants() == 0 && room.participants() > 0) {
                    look();
                    pass(room.name(), new HouseNote.Presence(List.copyOf(rooms.values())));
                }
            }
            case HouseNote.Presence(List<HouseRoom> told) -> {
                told.forEach(room -> {
                    if (!room.name().equals(own)) {
                        rooms.replace(room.name(), room);
                    }
                });
                seats.tellAll(new RoomEvent.HouseChanged(told));
            }
            case HouseNote.Inquiry _ -> {
                look();
                report();
            }
            case HouseNote.Closing _ -> {}
        }
    }

    /** Tells what is to be told. */
    void tick(long nowNanos) {
        look();
        if (untold.isEmpty() || (pause.isSet() && pause.delayNanos(nowNanos) > 0)) {
            return;
        }
        pause.in(INTERVAL_NANOS, nowNanos);
        if (isLobby()) {
            tellAll();
        } else {
            report();
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        return untold.isEmpty() ? Deadline.NEVER : pause.delayNanos(nowNanos);
    }

    /** The room is gone. */
    void close() {
        if (isLobby()) {
            occupied().forEach(name -> pass(name, new HouseNote.Closing()));
        } else {
            pass(HousePlan.LOBBY, new HouseNote.Occupancy(HouseRoom.empty(own)));
        }
    }

    private void report() {
        untold.clear();
        pass(HousePlan.LOBBY, new HouseNote.Occupancy(mine()));
    }

    private void tellAll() {
        List<HouseRoom> news = new ArrayList<>();
        rooms.values().stream().filter(room -> untold.contains(room.name())).forEach(news::add);
        untold.clear();
        seats.tellAll(new RoomEvent.HouseChanged(news));
        occupied().forEach(name -> pass(name, new HouseNote.Presence(news)));
    }

    private List<String> occupied() {
        return rooms.values().stream()
                .filter(room -> room.participants() > 0 && !room.name().equals(own))
                .map(HouseRoom::name)
                .toList();
    }

    private void look() {
        if (seen == seats.changes()) {
            return;
        }
        seen = seats.changes();
        List<HouseRoom.Guest> guests = seats.all().stream()
                .filter(seat -> !seat.away)
                .limit(MAX_GUESTS)
                .map(Participant::peer)
                .map(peer -> new HouseRoom.Guest(peer.peerId(), peer.userId(), peer.displayName()))
                .toList();
        HouseRoom now = new HouseRoom(own, seats.size(), guests);
        if (!now.equals(rooms.put(own, now))) {
            untold.add(own);
        }
    }

    private HouseRoom mine() {
        HouseRoom mine = rooms.get(own);
        return mine == null ? HouseRoom.empty(own) : mine;
    }

    private boolean isLobby() {
        return own.equals(HousePlan.LOBBY);
    }

    private void pass(String name, HouseNote note) {
        post.pass(roomId(name), note);
    }
}
