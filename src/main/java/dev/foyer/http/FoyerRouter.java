package dev.foyer.http;

import dev.foyer.auth.Authenticator;
import dev.foyer.room.Rooms;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every HTTP request's way in: the guard of development mode first, then the limits, then Socket.IO with its own rules, then the routes
 * of this package. One object serves any number of event loops.
 */
public final class FoyerRouter implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(FoyerRouter.class);
    private static final String SOCKET_IO = "/socket.io/";

    private final HttpSettings settings;
    private final ServerStatus status;
    private final RequestLimits limits;
    private final InstantSource clock;
    private final Handler<HttpServerRequest> socketIo;
    private final Router router;

    /**
     * Sets up the routes.
     *
     * @param limits how often somebody may ask
     * @param rooms what the routes for rooms are about
     * @param socketIo takes everything under {@code /socket.io/}
     * @param whipSessions what WHIP and WHEP clients have opened
     * @param clock the time that {@code /health} shows
     */
    public FoyerRouter(
            Vertx vertx,
            HttpSettings settings,
            Authenticator authenticator,
            RequestLimits limits,
            ServerStatus status,
            Rooms rooms,
            WebClientFiles webClient,
            WhipSessions whipSessions,
            InstantSource clock,
            Handler<HttpServerRequest> socketIo) {
        this.settings = settings;
        this.status = status;
        this.limits = limits;
        this.clock = clock;
        this.socketIo = socketIo;
        this.router = Router.router(vertx);
        Admission admission = new Admission(authenticator, limits);
        router.route().handler(new CrossOrigin(new OriginPolicy(settings)));
        router.route().failureHandler(FoyerRouter::passOver);
        HealthRoutes.mount(router, status, clock);
        router.get("/stats").handler(admission).handler(this::stats);
        if (!settings.metricsOpen()) {
            router.get("/metrics").handler(admission);
        }
        router.get("/metrics").handler(this::metrics);
        WhipRoutes.mount(router, admission, whipSessions, status, clock, limits);
        new RoomApi(rooms, status, clock, admission, limits).mount(router);
        WebClientRoutes.mount(router, webClient);
        for (int code : new int[] {400, 401, 403, 404, 405, 413, 415, 500}) {
            router.errorHandler(code, FoyerRouter::failed);
        }
    }

    /**
     * Adds {@code /api/v1}, its document and its page. Once, before the first request.
     *
     * @param services what the API is about besides rooms
     */
    public FoyerRouter withApi(Authenticator authenticator, Rooms rooms, ApiServices services) {
        new ApiV1(new Admission(authenticator, limits, Problem::end), status, rooms, services, clock).mount(router);
        return this;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (settings.development() && !DevelopmentGuard.admits(request)) {
            HttpError.FORBIDDEN.end(
                    request.response(), "This server is in development mode and serves only its own machine");
            return;
        }
        if (!limits.admit(request)) {
            return;
        }
        String path = request.path();
        if (path == null || !isWellFormed(path)) {
            HttpError.INVALID_MESSAGE.end(request.response());
        } else if (path.startsWith(SOCKET_IO)) {
            socketIo.handle(request);
        } else {
            router.handle(request);
        }
    }

    /** Whether every percent sign begins an escape (RFC 3986, section 2.1); Vert.x throws at one that does not. */
    private static boolean isWellFormed(String path) {
        for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
            if (i + 2 >= path.length()
                    || Character.digit(path.charAt(i + 1), 16) < 0
                    || Character.digit(path.charAt(i + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private void stats(RoutingContext context) {
        json(
                context,
                new JsonObject()
                        .put("rooms", status.rooms())
                        .put("peers", status.peers())
                        .put("workers", status.workers()));
    }

    private void metrics(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(status.metrics());
    }

    static void json(RoutingContext context, JsonObject body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body.encode());
    }

    /** A client that goes away in the middle of its request is no failure of the server, and nothing for its log. */
    private static void passOver(RoutingContext context) {
        if (!(context.failure() instanceof HttpClosedException)) {
            context.next();
        }
    }

    private static void failed(RoutingContext context) {
        if (context.failure() != null) {
            log.error("an HTTP request failed", context.failure());
        }
        HttpError.of(context.statusCode()).end(context.response());
    }
}
