package dev.foyer.media;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A media plane on loopback and the Vert.x under it. */
record RunningPlane(Vertx vertx, VertxMediaPlane plane) {
    static RunningPlane start(int workers, boolean nativeTransport) throws Exception {
        return start(MediaSettings.loopback(workers), nativeTransport);
    }

    static RunningPlane start(MediaSettings settings, boolean nativeTransport) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(nativeTransport));
        return new RunningPlane(vertx, get(VertxMediaPlane.start(vertx, settings)));
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** The plane's figures as of now. */
    MediaCounters counters() throws Exception {
        return get(plane.askCounters());
    }

    void close() throws Exception {
        get(plane.close());
        get(vertx.close().toCompletionStage());
    }
}
