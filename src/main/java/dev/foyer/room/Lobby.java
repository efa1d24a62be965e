package dev.foyer.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those who wait outside a room until a moderator lets them in. Belongs to the room's loop. */
final class Lobby {
    static final int MOST_WAITING = 100;
    private static final int MOST_ADMITTED = 1000;

    private final Seats seats;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    /** Who was let in and has not come yet. */
    private final RecentUsers admitted = new RecentUsers(MOST_ADMITTED);

    Lobby(Seats seats) {
        this.seats = seats;
    }

    boolean hasAdmitted(String userId) {
        return admitted.contains(userId);
    }

    /** Somebody waits from now on; {@code ROOM_FULL} when too many do. */
    void enter(Recipient recipient, String userId, @Nullable String displayName) {
        if (waiting.size() >= MOST_WAITING && !waiting.containsKey(userId)) {
            throw new RoomException(RoomErrorCode.ROOM_FULL);
        }
        if (waiting.put(userId, new Waiting(recipient, displayName)) == null) {
            seats.tellModerators(new RoomEvent.LobbyEntered(userId, displayName));
        }
    }

    /** A moderator lets a user in; {@code PARTICIPANT_NOT_FOUND} when it does not wait. */
    void admit(String userId) {
        Waiting admittedNow = take(userId);
        admitted.add(userId);
        seats.write(admittedNow.recipient, new RoomEvent.Admitted(admittedNow.recipient.roomId()));
    }

    /** A moderator sends a user away; {@code PARTICIPANT_NOT_FOUND} when it does not wait. */
    void deny(String userId) {
        Waiting denied = take(userId);
        seats.write(denied.recipient, new RoomEvent.Denied(denied.recipient.roomId()));
    }

    /** Somebody has its seat. */
    void seated(String userId) {
        admitted.remove(userId);
        if (waiting.remove(userId) != null) {
            seats.tellModerators(new RoomEvent.LobbyLeft(userId));
        }
    }

    /** A connection waits no longer. Returns false when it did not. */
    boolean leave(String participantId) {
        for (Map.Entry<String, Waiting> entry : waiting.entrySet()) {
            if (entry.getValue().recipient.participantId().equals(participantId)) {
                take(entry.getKey());
                return true;
            }
        }
        return false;
    }

    /** Shows a moderator who waits. */
    void show(Participant moderator) {
        waiting.forEach((userId, who) -> seats.tell(moderator, new RoomEvent.LobbyEntered(userId, who.displayName)));
    }

    /** Who waits, longest first. */
    List<RoomReport.Waiting> waiting() {
        List<RoomReport.Waiting> listed = new ArrayList<>();
        waiting.forEach((userId, who) -> listed.add(new RoomReport.Waiting(userId, who.displayName)));
        return listed;
    }

    /** The room ends: nobody is let in any more. */
    void close() {
        waiting.values().forEach(who -> seats.write(who.recipient, new RoomEvent.Denied(who.recipient.roomId())));
        waiting.clear();
    }

    private Waiting take(String userId) {
        Waiting taken = waiting.remove(userId);
        if (taken == null) {
            throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
        }
        seats.tellModerators(new RoomEvent.LobbyLeft(userId));
        return taken;
    }

    private record Waiting(Recipient recipient, @Nullable String displayName) {}
}
