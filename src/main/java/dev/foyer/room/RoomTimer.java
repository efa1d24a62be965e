package dev.foyer.room;

import org.jspecify.annotations.Nullable;

/** A room's one timer, set anew after each turn. Belongs to the room's loop. */
final class RoomTimer {
    private final RoomLoop loop;
    private final Runnable task;
    private @Nullable Runnable cancel;
    private long dueNanos;

    /** @param task run when the timer is due */
    RoomTimer(RoomLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** Sets the timer, or takes it back for {@link Deadline#NEVER}. */
    void set(long delayNanos, long nowNanos) {
        if (cancel != null && delayNanos != Deadline.NEVER && nowNanos + delayNanos == dueNanos) {
            return;
        }
        if (cancel != null) {
            cancel.run();
            cancel = null;
        }
        if (delayNanos != Deadline.NEVER) {
            dueNanos = nowNanos + delayNanos;
            cancel = loop.schedule(delayNanos, () -> {
                cancel = null;
                task.run();
            });
        }
    }
}
