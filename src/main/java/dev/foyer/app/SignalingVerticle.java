package dev.foyer.app;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/** HTTP and Socket.IO on one event loop. Several of them share the ports; each connection stays with one. */
final class SignalingVerticle extends VerticleBase {
    private final HttpServerOptions options;
    private final List<Integer> ports;
    private final Handler<HttpServerRequest> handler;
    private final List<HttpServer> servers = new ArrayList<>();

    /**
     * A verticle that listens on each of some ports.
     *
     * @param ports negative ones mean a free port, the same for all verticles that say the same number
     */
    SignalingVerticle(HttpServerOptions options, List<Integer> ports, Handler<HttpServerRequest> handler) {
        this.options = options;
        this.ports = ports;
        this.handler = handler;
    }

    @Override
    public Future<?> start() {
        List<Future<HttpServer>> listening = new ArrayList<>();
        for (int port : ports) {
            HttpServer server = vertx.createHttpServer(options).requestHandler(handler);
            servers.add(server);
            listening.add(server.listen(port, options.getHost())
                    .recover(failure ->
                            Future.failedFuture(new ListenException(options.getHost(), Math.max(port, 0), failure))));
        }
        return Future.all(listening);
    }

    /** The ports that it listens on, in the order in which they were asked for. Known once started. */
    List<Integer> actualPorts() {
        return servers.stream().map(HttpServer::actualPort).toList();
    }
}
