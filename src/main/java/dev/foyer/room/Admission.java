package dev.foyer.room;

import java.time.Duration;

/**
 * Who is let into a room. Bans come first, and hold for everybody; then who needs an invitation has to have one; a lock
 * keeps out who was never there, a lobby makes it wait. Who administrates the server, and seats that its own API keeps,
 * pass all but the bans. Belongs to the room's loop.
 */
final class Admission {
    private static final int MOST_GUESTS = 10_000;

    private final String roomId;
    private final RoomRules rules;
    private final Seats seats;
    private final GuestList list;
    private final Lobby lobby;
    private final RoomLoop loop;
    private final Bans bans = new Bans();

    /** Who had a seat and did not lose it to a moderator. */
    private final RecentUsers guests = new RecentUsers(MOST_GUESTS);

    private boolean locked;

    Admission(String roomId, RoomRules rules, Seats seats, GuestList list, Lobby lobby, RoomLoop loop) {
        this.roomId = roomId;
        this.rules = rules;
        this.seats = seats;
        this.list = list;
        this.lobby = lobby;
        this.loop = loop;
    }

    /** Lets somebody in, or throws why not. Whoever has to wait is in the lobby then. */
    void check(String id, RoomCommand.Join join) {
        String userId = join.userId();
        if (bans.holds(userId, loop.nowNanos())) {
            throw new RoomException(RoomErrorCode.BANNED);
        }
        if (join.dialect() == Dialect.API || join.permissions().contains(Permission.ADMIN)) {
            return;
        }
        list.check(id, join, loop.nowNanos());
        if (guests.contains(userId)) {
            return;
        }
        if (locked) {
            throw new RoomException(RoomErrorCode.ROOM_LOCKED);
        }
        if (rules.lobby() && !join.permissions().contains(Permission.MODERATE) && !lobby.hasAdmitted(userId)) {
            // Who has no socket could not be told that it is admitted.
            if (join.dialect() != Dialect.WHIP) {
                lobby.enter(new Recipient(roomId, id, join.dialect()), userId, join.displayName());
            }
            throw new RoomException(RoomErrorCode.LOBBY);
        }
    }

    /** Somebody has its seat, and is told what it has to know. */
    void seated(Participant newcomer) {
        guests.add(newcomer.userId);
        lobby.seated(newcomer.userId);
        if (newcomer.may(Permission.MODERATE)) {
            lobby.show(newcomer);
        }
        if (locked) {
            seats.tell(newcomer, new RoomEvent.RoomUpdated(true));
        }
    }

    /** Closes the room to those who were never there, or opens it again; everybody is told. */
    void lock(boolean lock) {
        if (locked != lock) {
            locked = lock;
            seats.tellAll(new RoomEvent.RoomUpdated(lock));
        }
    }

    boolean locked() {
        return locked;
    }

    /** A user is to be treated as if it had never been there. */
    void forget(String userId) {
        guests.remove(userId);
        list.forget(userId);
    }

    void ban(String userId, Duration time) {
        forget(userId);
        bans.add(userId, time, loop.nowNanos());
    }
}
