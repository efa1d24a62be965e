package dev.foyer.room;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The invitations to one room. Each is a secret of 128 bits that lets a number of users in, for a while; a user whom one
 * has let in may come back by it until it is revoked. Belongs to the room's loop.
 */
final class Invitations {
    /** Invitations that may be open or in use at a time. */
    static final int MAX_OPEN = 256;

    static final int MAX_USES = 100;
    static final Duration MAX_LIFE = Duration.ofDays(7);
    static final Duration USUAL_LIFE = Duration.ofHours(1);

    private static final int SECRET_BYTES = 16;

    private final RandomGenerator random;
    private final Map<String, Open> open = new HashMap<>();

    Invitations(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Makes one.
     *
     * @throws RoomException {@code INVALID_MESSAGE} when it is out of range, {@code FORBIDDEN} when there are too many
     */
    Invitation create(Duration life, int uses, long nowNanos, long nowMillis) {
        if (uses < 1 || uses > MAX_USES || !life.isPositive() || life.compareTo(MAX_LIFE) > 0) {
            throw new RoomException(RoomErrorCode.INVALID_MESSAGE);
        }
        Open invitation = add(nowNanos);
        invitation.usesLeft = uses;
        invitation.expires.in(life.toNanos(), nowNanos);
        return new Invitation(invitation.secret, uses, nowMillis + life.toMillis());
    }

    /** Makes one for a single user to come back by, which does not expire. */
    Invitation createFor(String userId, long nowNanos) {
        Open invitation = add(nowNanos);
        invitation.users.add(userId);
        return new Invitation(invitation.secret, 1, 0);
    }

    /** Whether a secret lets a user in now. */
    boolean admits(@Nullable String secret, String userId, long nowNanos) {
        Open invitation = secret == null ? null : open.get(secret);
        return invitation != null && (invitation.users.contains(userId) || invitation.isGood(nowNanos));
    }

    /** Notes that a user whom a secret lets in did come in by it. */
    void use(String secret, String userId) {
        Open invitation = open.get(secret);
        if (invitation != null && invitation.users.add(userId)) {
            invitation.usesLeft--;
        }
    }

    /** Takes one back. Who is in stays in. Returns whether there was one. */
    boolean revoke(String secret) {
        return open.remove(secret) != null;
    }

    /** A user may not come back by what let it in. */
    void forget(String userId) {
        open.values().forEach(invitation -> invitation.users.remove(userId));
    }

    private Open add(long nowNanos) {
        open.values().removeIf(invitation -> invitation.users.isEmpty() && !invitation.isGood(nowNanos));
        if (open.size() >= MAX_OPEN) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Too many invitations");
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        Open invitation = new Open(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        open.put(invitation.secret, invitation);
        return invitation;
    }

    private static final class Open {
        private final String secret;
        private final Deadline expires = new Deadline();
        private final Set<String> users = new HashSet<>();
        private int usesLeft;

        private Open(String secret) {
            this.secret = secret;
        }

        private boolean isGood(long nowNanos) {
            return usesLeft > 0 && expires.delayNanos(nowNanos) > 0;
        }
    }
}
