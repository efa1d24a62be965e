package dev.foyer.app;

import dev.foyer.room.RoomLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * HTTP, Socket.IO and rooms on one event loop. Several of them share the ports; each connection stays with one, and so does
 * each room: what a client says to a room of its own loop changes no thread on the way.
 */
final class SignalingVerticle extends VerticleBase {
    private final List<HttpServer> servers = new ArrayList<>();

    /** Where rooms live that it is to run. Known once deployed. */
    RoomLoop roomLoop() {
        return VertxRoomLoop.of(context);
    }

    /** Runs tasks on its event loop. Known once deployed. */
    Executor loop() {
        return roomLoop();
    }

    /**
     * Listens on each of some ports. Call it once deployed, on any thread.
     *
     * @param guard gives a server what takes its connections and requests
     * @param ports negative ones mean a free port, the same for all verticles that say the same number
     */
    Future<Void> listen(HttpServerOptions options, List<Integer> ports, UnaryOperator<HttpServer> guard) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(_ -> {
            List<Future<HttpServer>> listening = new ArrayList<>();
            for (int port : ports) {
                HttpServer server = guard.apply(vertx.createHttpServer(options));
                servers.add(server);
                listening.add(server.listen(port, options.getHost())
                        .recover(failure -> Future.failedFuture(
                                new ListenException(options.getHost(), Math.max(port, 0), failure))));
            }
            Future.all(listening).<Void>mapEmpty().onComplete(done);
        });
        return done.future();
    }

    /** Has new connections use another certificate. Call it once it listens, on any thread. */
    Future<Void> secure(HttpServerOptions options, KeyCertOptions certificate) {
        ServerSSLOptions next = options.getSslOptions().copy().setKeyCertOptions(certificate);
        return Future.all(servers.stream()
                        // Whether they look the same or not: what a key manager holds does not show.
                        .map(server -> server.updateSSLOptions(next, true))
                        .toList())
                .mapEmpty();
    }

    /** The ports that it listens on, in the order in which they were asked for. Known once {@link #listen} is done. */
    List<Integer> actualPorts() {
        return servers.stream().map(HttpServer::actualPort).toList();
    }
}
