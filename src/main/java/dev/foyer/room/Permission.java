package dev.foyer.room;

/**
 * What a participant may do in its room. Who is granted what is decided where tokens are known; which command needs which
 * is in {@link PermissionTable}.
 */
public enum Permission {
    /** Sending media to the others. */
    PUBLISH,
    /** Receiving the others' media. */
    SUBSCRIBE,
    /** Muting, removing and banning others, giving roles, locking the room and letting people in. */
    MODERATE,
    /** Starting and stopping recordings. */
    RECORD,
    /** Everything above, also where the room is closed to others. */
    ADMIN
}
