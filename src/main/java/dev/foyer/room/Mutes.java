package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose media the server stops. A mute is of a user, so that it holds for all its seats and outlives each. Belongs to the
 * room's loop.
 */
final class Mutes {
    private static final int MOST = 1000;

    private final Seats seats;
    private final Enforcement enforcement;
    private final Map<MediaKind, RecentUsers> muted = new EnumMap<>(MediaKind.class);

    Mutes(Seats seats, Enforcement enforcement) {
        this.seats = seats;
        this.enforcement = enforcement;
        for (MediaKind kind : MediaKind.values()) {
            muted.put(kind, new RecentUsers(MOST));
        }
    }

    /**
     * Stops media of a user, or lets it through again. Everybody is told what changed.
     *
     * @param kinds of which kinds
     * @param by the peer id of who does it, or null for the server
     */
    void set(String userId, Set<MediaKind> kinds, boolean mute, @Nullable String by) {
        for (MediaKind kind : kinds) {
            RecentUsers users = of(kind);
            if (mute) {
                users.add(userId);
            } else {
                users.remove(userId);
            }
            for (Participant seat : seats.all()) {
                if (seat.userId.equals(userId) && seat.muted.contains(kind) != mute) {
                    enforcement.change(seat, () -> {
                        if (mute) {
                            seat.muted.add(kind);
                        } else {
                            seat.muted.remove(kind);
                        }
                    });
                    seats.tellAll(new RoomEvent.PeerMuted(seat.id(), userId, kind, mute, by));
                }
            }
        }
    }

    /**
     * Somebody is about to have a seat: what its user was muted for holds there, too.
     *
     * @param elsewhere what it was muted for in another room of the house, which holds here from now on
     */
    void arrive(Participant newcomer, Set<MediaKind> elsewhere) {
        elsewhere.forEach(kind -> of(kind).add(newcomer.userId));
        muted.forEach((kind, users) -> {
            if (users.contains(newcomer.userId)) {
                newcomer.muted.add(kind);
            }
        });
    }

    /** A newcomer is told who is muted, and the others if it is. */
    void seated(Participant newcomer) {
        for (Participant seat : seats.all()) {
            for (MediaKind kind : EnumSet.copyOf(seat.muted)) {
                RoomEvent event = new RoomEvent.PeerMuted(seat.id(), seat.userId, kind, true, null);
                if (seat == newcomer) {
                    seats.tellAll(event);
                } else {
                    seats.tell(newcomer, event);
                }
            }
        }
    }

    private RecentUsers of(MediaKind kind) {
        RecentUsers users = muted.get(kind);
        if (users == null) {
            throw new IllegalStateException("every kind has its users");
        }
        return users;
    }
}
