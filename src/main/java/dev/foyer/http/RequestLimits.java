package dev.foyer.http;

import dev.foyer.auth.Identity;
import dev.foyer.limit.LimitKind;
import dev.foyer.limit.Limits;
import dev.foyer.limit.Subject;
import dev.foyer.room.RoomException;
import dev.foyer.room.Rooms;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** What may be asked over HTTP, by address and user. What is too much is refused with 429 and {@code Retry-After}. */
public final class RequestLimits {
    private final Limits limits;
    private final TrustedProxies proxies;

    /** Limits of requests, which count for where proxies say that they come from. */
    public RequestLimits(Limits limits, TrustedProxies proxies) {
        this.limits = limits;
        this.proxies = proxies;
    }

    /** Lets every request through. */
    public static RequestLimits none() {
        return new RequestLimits(Limits.none(), TrustedProxies.none());
    }

    /** Counts a request by its address; one too many is answered. */
    boolean admit(HttpServerRequest request) {
        long wait = limits.take(LimitKind.REQUESTS, Subject.at(proxies.clientAddress(request)));
        if (wait > 0) {
            HttpError.end(request.response(), RoomException.tooMany("requests", wait));
        }
        return wait == 0;
    }

    /** Counts a request by its user, once that is known; one too many is answered. */
    boolean admit(RoutingContext context, Identity identity) {
        long wait = limits.take(LimitKind.REQUESTS, Subject.user(identity.userId()));
        if (wait > 0) {
            HttpError.end(context.response(), RoomException.tooMany("requests", wait));
        }
        return wait == 0;
    }

    /**
     * Counts a join.
     *
     * @throws RoomException {@code RATE_LIMITED} when there are too many
     */
    void join(RoutingContext context, String roomId) {
        require(LimitKind.JOINS, subject(context).in(roomId), "joins");
    }

    /**
     * Counts a room if it has yet to be made.
     *
     * @throws RoomException {@code RATE_LIMITED} when there are too many
     */
    void room(RoutingContext context, Rooms rooms, String roomId) {
        if (!rooms.exists(roomId)) {
            require(LimitKind.ROOMS, subject(context), "rooms");
        }
    }

    private Subject subject(RoutingContext context) {
        return Subject.at(proxies.clientAddress(context.request()))
                .as(Admission.identity(context).userId());
    }

    private void require(LimitKind kind, Subject who, String what) {
        long wait = limits.take(kind, who);
        if (wait > 0) {
            throw RoomException.tooMany(what, wait);
        }
    }
}
