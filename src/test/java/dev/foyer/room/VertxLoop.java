package dev.foyer.room;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.TimeUnit;

/** An event loop of Vert.x as rooms see it, for tests over real connections. */
public final class VertxLoop implements RoomLoop {
    private final Vertx vertx;
    private final Context context;

    public VertxLoop(Vertx vertx) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Runnable schedule(long delayNanos, Runnable task) {
        long timer = vertx.setTimer(
                TimeUnit.NANOSECONDS.toMillis(delayNanos) + 1, _ -> context.runOnContext(_ -> task.run()));
        return () -> vertx.cancelTimer(timer);
    }
}
