package dev.foyer.room;

import java.util.List;
import java.util.function.Predicate;

/** Finds whom a {@link Target} means. */
final class Targets {
    private Targets() {}

    /**
     * Everybody whom a message of somebody is for.
     *
     * @throws RoomException {@code PARTICIPANT_NOT_FOUND} when it is for somebody who is not there
     */
    static List<Participant> of(Seats seats, Participant from, Target target) {
        List<Participant> found = find(seats, from, target);
        if (found.isEmpty() && !(target instanceof Target.Others)) {
            throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
        }
        return found;
    }

    /** Everybody whom a message of somebody would be for now. */
    static List<Participant> find(Seats seats, Participant from, Target target) {
        return switch (target) {
            case Target.Others _ ->
                seats.all().stream().filter(other -> other != from).toList();
            case Target.Peer(String peerId) ->
                one(seats, from, other -> other.id().equals(peerId));
            case Target.User(String userId) -> one(seats, from, other -> other.userId.equals(userId));
        };
    }

    private static List<Participant> one(Seats seats, Participant from, Predicate<Participant> isMeant) {
        Participant found = null;
        for (Participant other : seats.all()) {
            if (other != from && isMeant.test(other) && (found == null || isBetter(other, found))) {
                found = other;
            }
        }
        return found == null ? List.of() : List.of(found);
    }

    /** Of two of a user's participants the one who is there is meant, of those the latest. */
    private static boolean isBetter(Participant one, Participant other) {
        return one.away == other.away ? other.politeTowards(one) : other.away;
    }
}
