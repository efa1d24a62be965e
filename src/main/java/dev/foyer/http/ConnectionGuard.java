package dev.foyer.http;

import dev.foyer.limit.Limits;
import dev.foyer.limit.OpenKind;
import dev.foyer.limit.Subject;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets nobody keep connections for nothing: those that an address has too many of are closed at once, those that take too
 * long for a request's head or body, or for their next request, are closed too. It looks at all connections of its server a
 * few times in the shortest of these times, so they may last a quarter longer. A WebSocket is let go of: it has its own
 * limits. One object for one {@link HttpServer}, on its loop.
 */
public final class ConnectionGuard {
    private static final long MOST_BETWEEN_LOOKS_MILLIS = 2_000;

    private final ConnectionSettings settings;
    private final Limits limits;
    private final TrustedProxies proxies;
    private final Handler<HttpServerRequest> next;
    private final LongAdder timeouts;
    private final IdentityHashMap<HttpConnection, Held> held = new IdentityHashMap<>();

    private ConnectionGuard(
            ConnectionSettings settings,
            Limits limits,
            TrustedProxies proxies,
            Handler<HttpServerRequest> next,
            LongAdder timeouts) {
        this.settings = settings;
        this.limits = limits;
        this.proxies = proxies;
        this.next = next;
        this.timeouts = timeouts;
    }

    /**
     * Guards a server that does not listen yet. On the context that it will listen on.
     *
     * @param proxies may have any number of connections
     * @param next gets the requests
     * @param timeouts counts connections closed for being late
     * @return the same server
     */
    public static HttpServer guard(
            HttpServer server,
            Vertx vertx,
            ConnectionSettings settings,
            Limits limits,
            TrustedProxies proxies,
            Handler<HttpServerRequest> next,
            LongAdder timeouts) {
        ConnectionGuard guard = new ConnectionGuard(settings, limits, proxies, next, timeouts);
        vertx.setPeriodic(guard.lookMillis(), _ -> guard.look());
        return server.connectionHandler(guard::opened).requestHandler(guard::requested);
    }

    /**
     * Sets what a server has to know before it is made.
     *
     * @return the same object
     */
    public static HttpServerOptions configure(HttpServerOptions options, ConnectionSettings settings) {
        return options.setMaxHeaderSize(settings.maxHeaderBytes())
                .setMaxInitialLineLength(settings.maxHeaderBytes())
                // Browsers speak HTTP/2 over TLS only; here it would change the connection under the guard's hands.
                .setHttp2ClearTextEnabled(false);
    }

    private long lookMillis() {
        long shortest = Math.min(
                settings.headTimeout().toMillis(),
                Math.min(
                        settings.bodyTimeout().toMillis(),
                        settings.idleTimeout().toMillis()));
        return Math.clamp(shortest / 4, 1, MOST_BETWEEN_LOOKS_MILLIS);
    }

    private void opened(HttpConnection connection) {
        boolean proxy = proxies.trusts(connection.remoteAddress());
        Subject subject = Subject.at(TrustedProxies.peer(connection.remoteAddress()));
        if (!proxy && !limits.enter(OpenKind.HTTP_CONNECTIONS, subject)) {
            var _ = connection.close();
            return;
        }
        held.put(connection, new Held(new ConnectionTiming(settings, System.nanoTime()), subject, !proxy));
        connection.closeHandler(_ -> release(connection));
    }

    private void requested(HttpServerRequest request) {
        Held connection = held.get(request.connection());
        if (connection != null) {
            connection.timing.begin(new Request(request), System.nanoTime());
        }
        next.handle(request);
    }

    private void look() {
        long nowNanos = System.nanoTime();
        for (Map.Entry<HttpConnection, Held> entry : List.copyOf(held.entrySet())) {
            HttpConnection connection = entry.getKey();
            ConnectionTiming timing = entry.getValue().timing;
            switch (timing.look(nowNanos)) {
                case FINE -> {}
                case UPGRADED -> release(connection);
                case BODY_LATE -> timing.lateBodies(nowNanos).forEach(late -> ((Request) late).refuse());
                case LATE -> {
                    timeouts.increment();
                    release(connection);
                    var _ = connection.close();
                }
            }
        }
    }

    private void release(HttpConnection connection) {
        Held released = held.remove(connection);
        if (released != null && released.counted) {
            limits.leave(OpenKind.HTTP_CONNECTIONS, released.subject);
        }
    }

    private record Held(ConnectionTiming timing, Subject subject, boolean counted) {}

    private record Request(HttpServerRequest request) implements ConnectionTiming.Exchange {
        private static final int SWITCHING_PROTOCOLS = 101;
        private static final List<HttpMethod> WITH_BODY = List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

        @Override
        public boolean received() {
            return request.isEnded() || !hasBody();
        }

        @Override
        public boolean answered() {
            return request.response().ended() || request.response().closed();
        }

        @Override
        public boolean upgraded() {
            return request.response().getStatusCode() == SWITCHING_PROTOCOLS;
        }

        /** The connection is closed at the next look. */
        void refuse() {
            if (!request.response().headWritten()) {
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            HttpError.REQUEST_TIMEOUT.end(request.response());
        }

        /** Requests without one may never be read to their end. HTTP/2 need not say so beforehand. */
        private boolean hasBody() {
            boolean silent = request.version() == HttpVersion.HTTP_2;
            String length = Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_LENGTH), "0");
            return !length.equals("0")
                    || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                    || (silent && WITH_BODY.contains(request.method()));
        }
    }
}
