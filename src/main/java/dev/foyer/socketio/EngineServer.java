package dev.foyer.socketio;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The HTTP side of Engine.IO: admits requests, finds or makes their sessions, and hands them over. May be used by several
 * event loops at once.
 */
final class EngineServer {
    private final Vertx vertx;
    private final SocketIoOptions options;
    private final RandomIds ids;
    private final SocketIoCounters counters;
    private final BiFunction<EngineSession, ConnectionFacts, EngineHandler> handlers;
    private final OriginCheck origins;
    private final ConnectionGate gate;
    private final ConcurrentHashMap<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** Makes a server; {@code handlers} makes what lives on a new session, in a task of the session. */
    EngineServer(
            Vertx vertx,
            SocketIoOptions options,
            RandomIds ids,
            SocketIoCounters counters,
            BiFunction<EngineSession, ConnectionFacts, EngineHandler> handlers) {
        this.vertx = vertx;
        this.options = options;
        this.ids = ids;
        this.counters = counters;
        this.handlers = handlers;
        this.origins = new OriginCheck(options.access().allowedOrigins());
        this.gate = options.access().gate();
    }

    /** Open connections. */
    int connections() {
        return sessions.size();
    }

    /** Handles a request on its own loop, before its body is read. */
    void handle(HttpServerRequest request) {
        HttpExchange exchange = new HttpExchange(request, VertxLoop.current(vertx), counters);
        if (!origins.admit(request)) {
            exchange.refuse(EngineError.FORBIDDEN);
            return;
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            origins.preflight(request);
            return;
        }
        String transport = request.getParam("transport");
        boolean webSocket = WebSocketTransport.NAME.equals(transport);
        if (!webSocket && !PollingTransport.NAME.equals(transport)) {
            exchange.refuse(EngineError.UNKNOWN_TRANSPORT);
            return;
        }
        if (webSocket != isUpgrade(request)) {
            exchange.refuse(EngineError.BAD_REQUEST);
            return;
        }
        String sid = request.getParam("sid");
        if (sid != null && !sid.isEmpty()) {
            EngineSession session = sessions.get(sid);
            if (session == null) {
                exchange.refuse(EngineError.UNKNOWN_SID);
            } else if (webSocket) {
                upgrade(exchange, session);
            } else {
                polling(exchange, session);
            }
        } else {
            handshake(exchange, webSocket);
        }
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        String upgrade = request.getHeader(HttpHeaders.UPGRADE);
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).equals("websocket");
    }

    // New sessions.

    private void handshake(HttpExchange exchange, boolean webSocket) {
        HttpServerRequest request = exchange.request();
        if (!request.method().equals(HttpMethod.GET)) {
            exchange.refuse(EngineError.BAD_HANDSHAKE_METHOD);
            return;
        }
        if (!"4".equals(request.getParam("EIO"))) {
            exchange.refuse(EngineError.UNSUPPORTED_PROTOCOL_VERSION);
            return;
        }
        if (closing) {
            exchange.refuse(EngineError.CLOSING);
            return;
        }
        InetSocketAddress address = options.access().clientAddress().apply(request);
        long retryAfterMillis = gate.enter(address);
        if (retryAfterMillis > 0) {
            exchange.refuseForNow(EngineError.TOO_MANY_CONNECTIONS, retryAfterMillis);
            return;
        }
        ConnectionFacts facts = new ConnectionFacts(
                firsts(request.params()),
                joined(request.headers()),
                address,
                options.access().secure().test(request));
        if (webSocket) {
            request.toWebSocket().onComplete((socket, failure) -> {
                if (socket == null) {
                    gate.leave(address);
                } else {
                    openWebSocket(socket, exchange.loop(), facts);
                }
            });
        } else {
            PollingTransport transport = new PollingTransport();
            EngineSession session = newSession(exchange.loop(), facts, transport);
            session.executor().run(() -> {
                session.start(handlers.apply(session, facts));
                poll(exchange, session, transport);
            });
            closeIfLate(session);
        }
    }

    private void openWebSocket(ServerWebSocket socket, Loop loop, ConnectionFacts facts) {
        WebSocketTransport transport = new WebSocketTransport(socket);
        EngineSession session = newSession(loop, facts, transport);
        session.executor().run(() -> session.start(handlers.apply(session, facts)));
        transport.listen(session, options.limits().maxPayload());
        closeIfLate(session);
    }

    private EngineSession newSession(Loop loop, ConnectionFacts facts, EngineTransport transport) {
        String id = ids.next();
        EngineSession session = new EngineSession(id, new SerialExecutor(loop), options, counters, transport, () -> {
            if (sessions.remove(id) != null) {
                gate.leave(facts.remoteAddress());
            }
        });
        sessions.put(id, session);
        return session;
    }

    /** A session made while {@link #close} walked over the others. */
    private void closeIfLate(EngineSession session) {
        if (closing) {
            session.executor().run(() -> session.close(CloseCause.SERVER_CLOSED));
        }
    }

    private static Map<String, String> firsts(MultiMap params) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : params) {
            map.putIfAbsent(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    private static Map<String, String> joined(MultiMap headers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : headers) {
            map.merge(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue(), (a, b) -> a + ", " + b);
        }
        return Collections.unmodifiableMap(map);
    }

    // Requests of sessions that exist.

    private void upgrade(HttpExchange exchange, EngineSession session) {
        Loop loop = exchange.loop();
        exchange.request().toWebSocket().onSuccess(socket -> {
            WebSocketTransport candidate = new WebSocketTransport(socket);
            session.executor().run(() -> {
                if (session.upgradable()) {
                    session.startUpgrade(candidate, loop);
                } else {
                    candidate.end(OutboundFrame.CLOSE);
                }
            });
            candidate.listen(session, options.limits().maxPayload());
        });
    }

    private void polling(HttpExchange exchange, EngineSession session) {
        HttpServerRequest request = exchange.request();
        boolean post = request.method().equals(HttpMethod.POST);
        if (!post && !request.method().equals(HttpMethod.GET)) {
            exchange.refuse(EngineError.BAD_REQUEST);
            return;
        }
        if (post) {
            request.pause();
        }
        session.executor().run(() -> {
            if (!(session.transport() instanceof PollingTransport transport)) {
                exchange.refuse(EngineError.BAD_REQUEST);
            } else if (post) {
                PostBody.read(exchange, session, transport, options.limits().maxPayload());
            } else {
                poll(exchange, session, transport);
            }
        });
    }

    private static void poll(HttpExchange exchange, EngineSession session, PollingTransport transport) {
        if (!transport.poll(exchange)) {
            session.close(CloseCause.PROTOCOL_ERROR);
            exchange.refuse(EngineError.BAD_REQUEST);
            return;
        }
        exchange.onGone(() -> session.executor().run(() -> {
            if (transport.waiting(exchange)) {
                session.transportClosed(transport);
            }
        }));
        session.pollArrived();
    }

    /** Refuses new sessions from now on. */
    void refuse() {
        closing = true;
    }

    /** Ends every session after what it still has to send, and refuses new ones. */
    void close() {
        refuse();
        for (EngineSession session : sessions.values()) {
            session.executor().run(() -> session.closeGracefully(CloseCause.SERVER_CLOSED));
        }
    }
}
