package dev.foyer.socketio;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/** A Vert.x context as a {@link Loop}. The one class that asks more of a context than its public interface offers. */
record VertxLoop(ContextInternal context) implements Loop {
    /** The root of the current context: a request's own duplicate would be kept alive by everything it starts. */
    static VertxLoop current(Vertx vertx) {
        return new VertxLoop(((ContextInternal) vertx.getOrCreateContext()).unwrap());
    }

    @Override
    public boolean inThread() {
        return context.inThread();
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @Override
    public void dispatch(Runnable task) {
        if (context.equals(ContextInternal.current())) {
            task.run();
        } else {
            context.dispatch(task);
        }
    }

    @Override
    public Timer schedule(long delayMillis, Runnable task) {
        long id = context.setTimer(Math.max(1, delayMillis), _ -> task.run());
        return () -> context.owner().cancelTimer(id);
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public void report(Throwable failure) {
        context.reportException(failure);
    }
}
