package dev.foyer.media;

import java.util.concurrent.TimeUnit;

/** Has SFU workers fail, for tests outside this package. */
public final class WorkerFailure {
    private WorkerFailure() {}

    /** Fails every worker of a plane, and waits until each has its successor. */
    public static void ofAll(VertxMediaPlane plane) throws Exception {
        for (int index = 0; index < plane.workers(); index++) {
            plane.failWorker(index).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }
}
