package dev.foyer.dialect;

import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Identity;
import dev.foyer.auth.Verdict;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The clients whose tokens will end. Each is told some time before, may show another token for the same seat, and is
 * disconnected at the end. Safe for use from any thread.
 */
public final class TokenWatch {
    private final Authenticator authenticator;
    private final Duration warning;

    /** Each with whether it was told. The map's own locks keep a renewal and an end apart. */
    private final ConcurrentMap<Client, Boolean> watched = new ConcurrentHashMap<>();

    /**
     * Watches over nobody yet.
     *
     * @param authenticator looks at the tokens that clients show later
     * @param warning how long before the end a client is told
     */
    public TokenWatch(Authenticator authenticator, Duration warning) {
        this.authenticator = authenticator;
        this.warning = warning;
    }

    /** How many clients have tokens that will end. */
    public int count() {
        return watched.size();
    }

    /** Tells and disconnects whose time has come. Call it every now and then, about once a second. */
    public void check(Instant now) {
        List<Client> told = new ArrayList<>();
        List<Client> ended = new ArrayList<>();
        for (Client client : watched.keySet()) {
            watched.computeIfPresent(client, (_, wasTold) -> {
                Identity identity = client.identity();
                if (identity.hasExpired(now)) {
                    ended.add(client);
                    return null;
                }
                if (!wasTold && identity.hasExpired(now.plus(warning))) {
                    told.add(client);
                    return true;
                }
                return wasTold;
            });
        }
        told.forEach(Client::warn);
        ended.forEach(Client::expire);
    }

    void add(Client client) {
        if (client.identity().expiresAt() != null) {
            watched.put(client, false);
        }
    }

    void remove(Client client) {
        watched.remove(client);
    }

    /**
     * Takes another token in place of the one that a client has shown. What the client's seats may do stays.
     *
     * @param done told the identity that holds from now on
     */
    void renew(Client client, String token, Answer answer, Consumer<Identity> done) {
        var _ = authenticator
                .admit(token)
                .thenAccept(verdict -> done.accept(renewed(client, verdict)))
                .exceptionally(failure -> {
                    answer.fail(failure);
                    return null;
                });
    }

    private Identity renewed(Client client, Verdict verdict) {
        Identity next = switch (verdict) {
            case Verdict.Admitted(Identity identity) -> identity;
            case Verdict.Refused(Verdict.Reason reason) ->
                throw new RoomException(
                        reason == Verdict.Reason.EXPIRED_TOKEN
                                ? RoomErrorCode.TOKEN_EXPIRED
                                : RoomErrorCode.UNAUTHORIZED);
        };
        if (!next.renews(client.identity())) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "The token is not for the same user, room and role");
        }
        watched.compute(client, (_, wasTold) -> {
            if (wasTold == null && client.identity().expiresAt() != null) {
                // It came too late: the client is on its way out.
                throw new RoomException(RoomErrorCode.TOKEN_EXPIRED);
            }
            client.identity(next);
            return next.expiresAt() == null ? null : false;
        });
        return next;
    }
}
