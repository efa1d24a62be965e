package dev.foyer.http;

import dev.foyer.auth.Identity;
import dev.foyer.limit.Rate;
import dev.foyer.limit.RateTable;
import dev.foyer.room.RoomException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep). An offer is posted to {@code /whip/:roomId}, {@code /whep/:roomId} or
 * {@code /whep/:roomId/:participantId}; the session that it opens is a resource below the room, which takes
 * {@code PATCH} for ICE and {@code DELETE}.
 */
final class WhipRoutes {
    private static final String SDP = "application/sdp";
    private static final int MAX_BODY = 256 * 1024;
    private static final int MAX_ROOM_ID = 256;
    private static final CharSequence ACCEPT_POST = HttpHeaders.createOptimized("Accept-Post");
    private static final CharSequence ACCEPT_PATCH = HttpHeaders.createOptimized("Accept-Patch");
    private static final CharSequence LINK = HttpHeaders.createOptimized("Link");
    /** Changes of one session. */
    private static final Rate PATCHES = new Rate(5, 30);

    private static final int PATCHED_PLACES = 1 << 12;
    private static final String RETRY_SOON = "1";
    private static final String RETRY_LATER = "5";

    private final WhipSessions sessions;
    private final ServerStatus status;
    private final InstantSource clock;
    private final RequestLimits limits;
    private final RateTable patched;

    private WhipRoutes(WhipSessions sessions, ServerStatus status, InstantSource clock, RequestLimits limits) {
        this.sessions = sessions;
        this.status = status;
        this.clock = clock;
        this.limits = limits;
        this.patched = new RateTable(PATCHES, PATCHED_PLACES, new SecureRandom(), nowNanos());
    }

    /**
     * Adds the routes.
     *
     * @param clock limits how often a session may be changed
     * @param limits how often somebody may open one
     */
    static void mount(
            Router router,
            Admission admission,
            WhipSessions sessions,
            ServerStatus status,
            InstantSource clock,
            RequestLimits limits) {
        WhipRoutes routes = new WhipRoutes(sessions, status, clock, limits);
        for (WhipKind kind : WhipKind.values()) {
            String room = "/" + kind + "/:roomId";
            routes.endpoint(router, room, admission, kind);
            routes.session(router, room + "/session/:sessionId", admission, kind);
        }
        routes.endpoint(router, "/" + WhipKind.WHEP + "/:roomId/:participantId", admission, WhipKind.WHEP);
    }

    private void endpoint(Router router, String path, Admission admission, WhipKind kind) {
        router.options(path).handler(context -> options(context, "GET, HEAD, OPTIONS, POST"));
        // Routes of their own: within one, Vert.x wants the body read before anything else.
        router.post(path).handler(admission);
        router.post(path).handler(this::admitNew);
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.post(path).handler(context -> open(context, kind));
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> describe(context.response(), kind));
        router.route(path).handler(context -> refuseMethod(context, "GET, HEAD, OPTIONS, POST"));
    }

    private void session(Router router, String path, Admission admission, WhipKind kind) {
        String methods = "DELETE, GET, HEAD, OPTIONS, PATCH";
        router.options(path).handler(context -> {
            context.response().putHeader(ACCEPT_PATCH, IceFragment.TYPE);
            options(context, methods);
        });
        router.patch(path).handler(admission);
        router.patch(path)
                .handler(context -> withSession(context, kind, _ -> {
                    requireType(context.request(), IceFragment.TYPE);
                    context.next();
                }));
        router.patch(path).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.patch(path).handler(context -> withSession(context, kind, session -> patch(context, session)));
        router.delete(path)
                .handler(admission)
                .handler(context -> withSession(
                        context,
                        kind,
                        session -> respond(
                                context,
                                sessions.end(session),
                                _ -> context.response().setStatusCode(200).end())));
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(admission)
                .handler(context -> withSession(context, kind, _ -> noContent(context.response())));
        router.route(path).handler(context -> refuseMethod(context, methods));
    }

    /** Refuses what can be refused before the body is read. */
    private void admitNew(RoutingContext context) {
        guarded(context, () -> {
            requireType(context.request(), SDP);
            if (!status.healthy()) {
                throw new RequestRefusal(HttpError.DRAINING, "This server takes no new sessions now");
            }
            context.next();
        });
    }

    private void open(RoutingContext context, WhipKind kind) {
        guarded(context, () -> {
            Identity identity = Admission.identity(context);
            String roomId = roomId(context);
            limits.join(context, roomId);
            if (kind == WhipKind.WHIP) {
                sessions.countRoom(limits, context, roomId);
            }
            String of = context.pathParam("participantId");
            WhipOffer offer = WhipOffer.read(kind, body(context));
            respond(context, sessions.open(kind, identity, roomId, of, offer), made -> {
                if (context.response().closed()) {
                    // The client did not wait, and nobody will ever know the session.
                    var _ = sessions.end(made.session());
                    return;
                }
                HttpServerResponse response = context.response()
                        .setStatusCode(201)
                        .putHeader(HttpHeaders.CONTENT_TYPE, SDP)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .putHeader(HttpHeaders.LOCATION, location(made.session()))
                        .putHeader(HttpHeaders.ETAG, made.session().negotiated().entityTag())
                        .putHeader(ACCEPT_PATCH, IceFragment.TYPE);
                for (String link : IceServerLinks.of(made.iceServers())) {
                    response.headers().add(LINK, link);
                }
                response.end(made.answer());
            });
        });
    }

    private void patch(RoutingContext context, WhipSession session) {
        long wait = patched.take(session.id().getBytes(StandardCharsets.US_ASCII), nowNanos());
        if (wait > 0) {
            throw RoomException.tooMany("requests", Math.ceilDiv(wait, 1_000_000L));
        }
        WhipSession.Negotiated current = session.negotiated();
        EntityTags.require(context.request().getHeader(HttpHeaders.IF_MATCH), current.entityTag());
        IceFragment fragment = IceFragment.read(body(context));
        String usernameFragment = fragment.usernameFragment();
        if (usernameFragment == null || usernameFragment.equals(current.usernameFragment())) {
            noContent(context.response());
            return;
        }
        if (!session.beginRestart(current)) {
            throw new RequestRefusal(HttpError.PRECONDITION_FAILED, "Another ICE restart came first");
        }
        respond(
                context,
                sessions.restartIce(session, fragment),
                answer -> context.response()
                        .setStatusCode(200)
                        .putHeader(HttpHeaders.CONTENT_TYPE, IceFragment.TYPE)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .putHeader(HttpHeaders.ETAG, session.negotiated().entityTag())
                        .end(answer));
    }

    private void withSession(RoutingContext context, WhipKind kind, Consumer<WhipSession> action) {
        guarded(context, () -> {
            WhipSession session = sessions.find(kind, roomId(context), param(context, "sessionId"));
            if (session == null) {
                throw new RequestRefusal(HttpError.NOT_FOUND, "Session not found");
            }
            if (!session.isOf(Admission.identity(context))) {
                throw new RequestRefusal(HttpError.FORBIDDEN, "The session is somebody else's");
            }
            action.accept(session);
        });
    }

    private long nowNanos() {
        return clock.millis() * 1_000_000;
    }

    /** A WHEP endpoint is known by the type that it shows (draft-ietf-wish-whep, "Endpoint URL Discoverability"). */
    private static void describe(HttpServerResponse response, WhipKind kind) {
        if (kind == WhipKind.WHEP) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, SDP).setStatusCode(200).end();
        } else {
            noContent(response);
        }
    }

    private static void options(RoutingContext context, String methods) {
        context.response()
                .putHeader(HttpHeaders.ALLOW, methods)
                .putHeader(ACCEPT_POST, SDP)
                .setStatusCode(200)
                .end();
    }

    private static void refuseMethod(RoutingContext context, String methods) {
        context.response().putHeader(HttpHeaders.ALLOW, methods);
        HttpError.METHOD_NOT_ALLOWED.end(context.response());
    }

    private static void noContent(HttpServerResponse response) {
        response.setStatusCode(204).end();
    }

    private static void requireType(HttpServerRequest request, String type) {
        String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
        int end = given == null ? -1 : given.indexOf(';');
        String bare = given == null ? "" : (end < 0 ? given : given.substring(0, end)).strip();
        if (!bare.toLowerCase(Locale.ROOT).equals(type)) {
            throw new RequestRefusal(HttpError.UNSUPPORTED_MEDIA_TYPE, "The body has to be " + type);
        }
    }

    private static String body(RoutingContext context) {
        String text = context.body().asString(StandardCharsets.UTF_8.name());
        return text == null ? "" : text;
    }

    private static String roomId(RoutingContext context) {
        String roomId = param(context, "roomId");
        if (roomId.isEmpty() || roomId.length() > MAX_ROOM_ID || roomId.chars().anyMatch(Character::isISOControl)) {
            throw new RequestRefusal(
                    HttpError.INVALID_MESSAGE, "A room id has 1 to " + MAX_ROOM_ID + " printable characters");
        }
        return roomId;
    }

    private static String param(RoutingContext context, String name) {
        return Objects.requireNonNull(context.pathParam(name));
    }

    /** An absolute path, which is right behind a proxy that ends TLS, too. */
    private static String location(WhipSession session) {
        return "/" + session.kind() + "/" + escaped(session.roomId()) + "/session/" + session.id();
    }

    /** A path segment (RFC 3986, section 3.3) with everything escaped but unreserved characters. */
    private static String escaped(String segment) {
        StringBuilder text = new StringBuilder();
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if (character < 128 && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0)) {
                text.append(character);
            } else {
                text.append('%').append("%02X".formatted((int) character));
            }
        }
        return text.toString();
    }

    /** Passes on what a room's loop answers, on the connection's own loop. */
    private static <T> void respond(RoutingContext context, CompletionStage<T> answer, Consumer<T> success) {
        Context loop = context.vertx().getOrCreateContext();
        var _ = answer.whenComplete((value, failure) -> loop.runOnContext(_ -> {
            if (failure != null) {
                fail(context, failure);
                return;
            }
            try {
                success.accept(value);
            } catch (RuntimeException bug) {
                fail(context, bug);
            }
        }));
    }

    private static void guarded(RoutingContext context, Runnable action) {
        try {
            action.run();
        } catch (RequestRefusal | RoomException refusal) {
            fail(context, refusal);
        }
    }

    private static void fail(RoutingContext context, Throwable failure) {
        HttpError error = HttpError.of(failure);
        String wait = retryAfter(error);
        if (wait != null) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, wait);
        }
        HttpError.end(context.response(), failure);
    }

    private static @Nullable String retryAfter(HttpError error) {
        return switch (error) {
            case SFU_UNAVAILABLE -> RETRY_SOON;
            case DRAINING -> RETRY_LATER;
            default -> null;
        };
    }
}
