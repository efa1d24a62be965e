package dev.foyer.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a connection speaks for.
 *
 * @param userId the token's {@code sub}; null for a guest, whose user id is what it says when it joins
 * @param name the token's display name
 * @param room the only room that the token opens; null when it opens every room
 * @param role the role that the token gives, in the token's word; null when the client chooses
 * @param grants what the bearer may do; null when that follows from the role with which it joins
 */
public record Identity(
        @Nullable String userId,
        @Nullable String name,
        @Nullable String room,
        @Nullable String role,
        @Nullable Set<Grant> grants) {
    private static final Identity GUEST = new Identity(null, null, null, null, null);

    public Identity {
        grants = grants == null ? null : Set.copyOf(grants);
    }

    /** Somebody without a token, where that is allowed. */
    public static Identity guest() {
        return GUEST;
    }

    /** Whether this is somebody without a token. */
    public boolean isGuest() {
        return userId == null;
    }

    /** Whether a client that calls itself {@code claimed} contradicts its token. */
    public boolean contradicts(@Nullable String claimed) {
        return userId != null && claimed != null && !userId.equals(claimed);
    }

    /** Whether the token opens a room. */
    public boolean opens(String roomId) {
        return room == null || room.equals(roomId);
    }

    /**
     * Whether the bearer may do something.
     *
     * @param roleGrants the grants of the role that it has in its room, used when the token says nothing of its own
     */
    public boolean may(Grant grant, Set<Grant> roleGrants) {
        Set<Grant> effective = grants == null ? roleGrants : grants;
        return effective.contains(grant) || effective.contains(Grant.ADMIN);
    }

    /** Leaves out everything that is personal: records of this type reach log lines. */
    @Override
    public String toString() {
        return isGuest() ? "Identity[guest]" : "Identity[grants=" + grants + "]";
    }
}
