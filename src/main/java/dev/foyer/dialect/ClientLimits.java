package dev.foyer.dialect;

import dev.foyer.auth.Identity;
import dev.foyer.limit.LimitKind;
import dev.foyer.limit.Limits;
import dev.foyer.limit.OpenKind;
import dev.foyer.limit.Subject;
import dev.foyer.room.RoomException;
import dev.foyer.room.Rooms;
import java.net.InetSocketAddress;

/** What one socket may still ask for, by its address, its user and the rooms that it asks. Any thread. */
final class ClientLimits {
    private final Limits limits;
    private final Subject subject;
    private final boolean counted;

    /** A socket that has just been let in. */
    ClientLimits(Limits limits, InetSocketAddress address, Identity identity) {
        this.limits = limits;
        this.subject = Subject.at(address).as(identity.userId());
        this.counted = limits.enter(OpenKind.SOCKETS, subject);
    }

    /** Counts an event; 0 when it may come, else milliseconds until the next one may. */
    long message() {
        return limits.take(LimitKind.MESSAGES, subject);
    }

    /** Counts an event for a room in which the client is; 0 when it may come, else milliseconds as above. */
    long messageTo(String roomId) {
        return limits.take(LimitKind.MESSAGES, Subject.room(roomId));
    }

    /** Counts a join; {@code RATE_LIMITED} when there are too many. */
    void join(String roomId) {
        require(LimitKind.JOINS, subject.in(roomId), "joins");
    }

    /** Counts a room if it has yet to be made; {@code RATE_LIMITED} when there are too many. */
    void room(Rooms rooms, String roomId) {
        if (!rooms.exists(roomId)) {
            require(LimitKind.ROOMS, subject, "rooms");
        }
    }

    /** The socket is gone. */
    void end() {
        if (counted) {
            limits.leave(OpenKind.SOCKETS, subject);
        }
    }

    private void require(LimitKind kind, Subject who, String what) {
        long wait = limits.take(kind, who);
        if (wait > 0) {
            throw RoomException.tooMany(what, wait);
        }
    }
}
