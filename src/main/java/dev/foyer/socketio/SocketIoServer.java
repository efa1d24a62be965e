package dev.foyer.socketio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Socket.IO server. One object serves any number of HTTP servers and verticles of one {@link Vertx}: each connection
 * belongs to the event loop that it arrived on, and requests that come by another loop are handed over.
 */
public final class SocketIoServer {
    private final SocketIoOptions options;
    private final SocketIoCounters counters = new SocketIoCounters();
    private final RandomIds ids = new RandomIds(new SecureRandom());
    private final AtomicLong offsets = new AtomicLong();
    private final ConcurrentHashMap<String, ServerNamespace> namespaces = new ConcurrentHashMap<>();
    private final EngineServer engine;

    /** Creates a server that listens nowhere yet: mount {@link #handle}. */
    public SocketIoServer(Vertx vertx, SocketIoOptions options) {
        this.options = options;
        this.engine = new EngineServer(
                vertx,
                options,
                ids,
                counters,
                (session, facts) -> new Connection(session, facts, options, namespaces::get));
    }

    /**
     * Sets what this server needs of the HTTP server that carries it: WebSocket message sizes, and no WebSocket
     * compression (a compressor's state would be the largest part of an idle connection).
     *
     * @return the same object
     */
    public HttpServerOptions configure(HttpServerOptions http) {
        int size = options.limits().maxPayload();
        return http.setMaxWebSocketFrameSize(size)
                .setMaxWebSocketMessageSize(size)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    /**
     * Handles a request to {@code /socket.io/}: polling, WebSocket, CORS preflight. Call it on the request's context,
     * before the body is read.
     */
    public void handle(HttpServerRequest request) {
        engine.handle(request);
    }

    /**
     * The namespace of that name, made if need be. Clients are refused by namespaces that were never made.
     *
     * @param name begins with a slash and holds no comma
     */
    public Namespace of(String name) {
        if (!name.startsWith("/") || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException("no namespace name: " + name);
        }
        return namespaces.computeIfAbsent(name, _ -> new ServerNamespace(name, options, ids, offsets, counters));
    }

    /** Open connections, each of which may have sockets in several namespaces. */
    public int connections() {
        return engine.connections();
    }

    /** What was refused or went wrong so far. */
    public SocketIoCounters counters() {
        return counters;
    }

    /**
     * Ends every connection and socket with {@link DisconnectReason#SERVER_CLOSED}, and refuses new ones. What was
     * emitted before is still sent.
     *
     * @return done when every listener has been told
     */
    public Future<Void> close() {
        engine.refuse();
        List<Future<Void>> told = new ArrayList<>();
        for (ServerNamespace namespace : namespaces.values()) {
            for (ServerSocket socket : namespace.serverSockets()) {
                Promise<Void> done = Promise.promise();
                told.add(done.future());
                socket.executor().post(() -> {
                    socket.serverClosed();
                    done.complete();
                });
            }
        }
        // Only now: what sockets still had to hand to their connections has been handed over.
        return Future.join(told).onComplete(_ -> engine.close()).mapEmpty();
    }
}
