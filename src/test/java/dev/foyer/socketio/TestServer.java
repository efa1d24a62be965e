package dev.foyer.socketio;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A server on a free loopback port, behind two verticles, so that requests of one client meet several event loops. */
final class TestServer implements AutoCloseable {
    private static final int LOOPS = 2;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    /** What was thrown and caught by nobody. */
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    final SocketIoServer socketIo;

    TestServer(SocketIoOptions options) {
        vertx.exceptionHandler(failures::add);
        socketIo = new SocketIoServer(vertx, options);
        vertx.deployVerticle(Front::new, new DeploymentOptions().setInstances(LOOPS))
                .await();
    }

    private final class Front extends VerticleBase {
        @Override
        public Future<HttpServer> start() {
            // A negative port is a free one that all instances share.
            return vertx.createHttpServer(socketIo.configure(new HttpServerOptions()))
                    .requestHandler(socketIo::handle)
                    .listen(-1, "127.0.0.1")
                    .onSuccess(server -> port.complete(server.actualPort()));
        }
    }

    int port() {
        return port.join();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Waits for what a callback completes. */
    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
