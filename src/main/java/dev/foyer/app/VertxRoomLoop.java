package dev.foyer.app;

import dev.foyer.room.RoomLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Vert.x event loop as rooms see it. */
final class VertxRoomLoop implements RoomLoop {
    private final ContextInternal context;
    private final EventLoop eventLoop;

    private VertxRoomLoop(ContextInternal context) {
        this.context = context;
        this.eventLoop = context.nettyEventLoop();
    }

    /** That many loops, each on the next event loop of Vert.x. */
    static List<RoomLoop> create(Vertx vertx, int count) {
        List<RoomLoop> loops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            loops.add(new VertxRoomLoop(((VertxInternal) vertx).createEventLoopContext()));
        }
        return List.copyOf(loops);
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(() -> context.dispatch(task));
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
        ScheduledFuture<?> timer =
                eventLoop.schedule(() -> context.dispatch(task), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }
}
