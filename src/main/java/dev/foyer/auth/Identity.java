package dev.foyer.auth;

import java.time.Instant;
import java.util.Objects;
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
 * @param expiresAt when the bearer has to be gone, unless it shows another token; null for never
 */
public record Identity(
        @Nullable String userId,
        @Nullable String name,
        @Nullable String room,
        @Nullable String role,
        @Nullable Set<Grant> grants,
        @Nullable Instant expiresAt) {
    private static final Identity GUEST = new Identity(null, null, null, null, null);

    public Identity {
        grants = grants == null ? null : Set.copyOf(grants);
    }

    /** Somebody whose token never expires. */
    public Identity(
            @Nullable String userId,
            @Nullable String name,
            @Nullable String room,
            @Nullable String role,
            @Nullable Set<Grant> grants) {
        this(userId, name, room, role, grants, null);
    }

    /** Somebody without a token, where that is allowed. */
    public static Identity guest() {
        return GUEST;
    }

    /** Somebody without a token, who may do this and nothing else, whatever its role. */
    public static Identity guest(Set<Grant> grants) {
        return new Identity(null, null, null, null, grants);
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

    /**
     * Whether the bearer may call itself the host of a room where its token names no role. A guest whose grants follow
     * from its role may: nobody is asked for anything there.
     */
    public boolean mayChooseHost() {
        return grants == null ? isGuest() : grants.contains(Grant.MODERATE) || grants.contains(Grant.ADMIN);
    }

    /**
     * Whether this may take the place of an earlier identity of a connection without a new join: the same user, room and
     * role, and nothing taken away.
     */
    public boolean renews(Identity earlier) {
        return userId != null
                && userId.equals(earlier.userId)
                && Objects.equals(room, earlier.room)
                && Objects.equals(role, earlier.role)
                && keeps(earlier.grants);
    }

    private boolean keeps(@Nullable Set<Grant> earlier) {
        return (grants == null || earlier == null) ? Objects.equals(grants, earlier) : grants.containsAll(earlier);
    }

    /** Whether the time of the token is over. */
    public boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Leaves out everything that is personal: records of this type reach log lines. */
    @Override
    public String toString() {
        return isGuest() ? "Identity[guest]" : "Identity[grants=" + grants + "]";
    }
}
