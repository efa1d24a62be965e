package dev.foyer.app;

import dev.foyer.room.RoomLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/** A Vert.x event loop as rooms see it. */
final class VertxRoomLoop implements RoomLoop {
    private final ContextInternal context;
    private final EventLoop eventLoop;

    private VertxRoomLoop(ContextInternal context) {
        this.context = context;
        this.eventLoop = context.nettyEventLoop();
    }

    /** The event loop of a context. */
    static RoomLoop of(Context context) {
        return new VertxRoomLoop((ContextInternal) context);
    }

    @Override
    public boolean current() {
        return eventLoop.inEventLoop();
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
