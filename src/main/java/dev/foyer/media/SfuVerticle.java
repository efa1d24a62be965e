package dev.foyer.media;

import dev.foyer.protocol.dtls.DtlsCertificate;
import dev.foyer.sfu.Router;
import dev.foyer.sfu.RouterListener;
import dev.foyer.sfu.RouterSettings;
import dev.foyer.sfu.SfuWorker;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's share of the SFU: its sockets on a port of its own, and the {@link SfuWorker} behind them.
 *
 * <p>An exception while a datagram or a tick is handled is a bug; it is counted, logged with its trace at most once a
 * second, and the loop goes on. The worker counts as failed, and says so once through its failure handler, when a
 * socket is lost, or when {@value #MAX_FAULTS} exceptions fall within {@value #FAULT_WINDOW_SECONDS} seconds.
 */
final class SfuVerticle extends VerticleBase {
    static final int MAX_FAULTS = 100;
    static final int FAULT_WINDOW_SECONDS = 10;

    /** How often a worker without transports ticks: often enough to publish its figures. */
    private static final int RESTING_TICK_MILLIS = 1_000;

    private static final long PUBLISH_NANOS = RESTING_TICK_MILLIS * 1_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(SfuVerticle.class);

    private final int index;
    private final MediaSettings settings;
    private final DtlsCertificate certificate;
    private final SecureRandom random;
    private final Consumer<String> failureHandler;
    private final WorkerSockets sockets;
    private final FaultWindow faults = new FaultWindow(MAX_FAULTS, FAULT_WINDOW_SECONDS * 1_000_000_000L);
    private final List<InetAddress> interfaces = HostCandidates.interfaceAddresses();
    private @Nullable SfuWorker worker;
    private Optional<String> failure = Optional.empty();
    private boolean stopping;
    private long timer = -1;
    private int tickMillis;
    private volatile int load;
    private volatile MediaCounters publishedCounters = MediaCounters.ZERO;
    private long publishNanos;

    /**
     * @param index of the worker, for log lines
     * @param failureHandler told why, on the loop, when the worker fails; at most once
     */
    SfuVerticle(
            int index,
            MediaSettings settings,
            DtlsCertificate certificate,
            SecureRandom random,
            Consumer<String> failureHandler) {
        this.index = index;
        this.settings = settings;
        this.certificate = certificate;
        this.random = random;
        this.failureHandler = failureHandler;
        sockets = new WorkerSockets(settings, new OwnMachine(interfaces), new WorkerSockets.Owner() {
            @Override
            public void fault(Throwable cause) {
                SfuVerticle.this.fault(cause);
            }

            @Override
            public void lost(String what) {
                fail(what);
            }
        });
    }

    @Override
    public Future<?> start() {
        EventLoop eventLoop = ((ContextInternal) context).nettyEventLoop();
        long nowNanos = System.nanoTime();
        SfuWorker created = new SfuWorker(
                sockets,
                task -> eventLoop.execute(() -> guard(task)),
                certificate,
                random,
                System.currentTimeMillis() * 1_000_000L - nowNanos);
        created.tick(nowNanos);
        worker = created;
        return sockets.bind(((VertxInternal) vertx).transport(), eventLoop, created)
                .map(_ -> {
                    created.candidates(HostCandidates.of(settings, sockets.bound(), interfaces));
                    tickEvery(RESTING_TICK_MILLIS);
                    LOG.info(
                            "SFU worker {} listens on {} port {}",
                            index,
                            settings.tcp() ? "UDP and TCP" : "UDP",
                            port());
                    return null;
                });
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        SfuWorker current = worker;
        if (current != null) {
            guard(current::close);
        }
        Promise<Void> closed = Promise.promise();
        // One more turn, so that goodbyes leave before the sockets close.
        context.runOnContext(_ -> {
            sockets.close();
            closed.complete();
        });
        return closed.future();
    }

    /** How much the worker has to do; may be read on any thread. */
    int load() {
        return load;
    }

    /** The worker's index, for log lines. */
    int index() {
        return index;
    }

    /** The worker's figures, at most a second old; may be read on any thread. */
    MediaCounters publishedCounters() {
        return publishedCounters;
    }

    Router openRouter(RouterSettings routerSettings, RouterListener listener) {
        SfuWorker current = worker;
        if (current == null) {
            throw new IllegalStateException("not started");
        }
        Router router = current.openRouter(routerSettings, listener);
        publishLoad();
        return router;
    }

    /** Runs a task on this verticle's loop, its effects leaving with the turn. */
    void execute(Runnable task) {
        context.runOnContext(_ -> {
            if (tickMillis == RESTING_TICK_MILLIS) {
                // The worker's time is as old as its last tick.
                tick();
            }
            task.run();
            keepPace();
        });
    }

    /** Lets the load as it is now be seen by other threads. */
    void publishLoad() {
        SfuWorker current = worker;
        if (current != null) {
            load = current.load();
        }
    }

    /** The worker's figures, on its loop. */
    MediaCounters counters() {
        SfuWorker current = worker;
        if (current == null) {
            return MediaCounters.ZERO;
        }
        return MediaCounters.of(current.counters(), faults.total()).plus(sockets.counters());
    }

    /** Closes a socket without the worker's knowing, for tests. On the loop. */
    void loseSocket() {
        sockets.loseSocket();
    }

    /** Whether nothing is left of any router. On the loop. */
    boolean isIdle() {
        SfuWorker current = worker;
        return current == null || current.isIdle();
    }

    /** The port of this worker, for tests and health; 0 before it is bound. */
    int port() {
        List<InetSocketAddress> bound = sockets.bound();
        return bound.isEmpty() ? 0 : bound.getFirst().getPort();
    }

    /** Why the worker failed, if it did. On its loop. */
    Optional<String> failure() {
        return failure;
    }

    /** Declares the worker failed, as if its sockets had been lost. On its loop. */
    void fail(String reason) {
        if (failure.isPresent() || stopping) {
            return;
        }
        failure = Optional.of(reason);
        LOG.error("SFU worker {} failed: {}", index, reason);
        failureHandler.accept(reason);
    }

    private void tick() {
        SfuWorker current = worker;
        if (current == null || stopping) {
            return;
        }
        try {
            long nowNanos = System.nanoTime();
            current.tick(nowNanos);
            sockets.tick(nowNanos);
            publishLoad();
            if (tickMillis == RESTING_TICK_MILLIS || nowNanos - publishNanos >= PUBLISH_NANOS) {
                publishNanos = nowNanos;
                publishedCounters = counters();
            }
            keepPace();
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    /** Ticks only where a transport is: to wake a thread costs more than to relay a message. */
    private void keepPace() {
        SfuWorker current = worker;
        if (current != null && !stopping) {
            tickEvery(current.hasTransports() ? SfuWorker.TICK_MILLIS : RESTING_TICK_MILLIS);
        }
    }

    private void tickEvery(int millis) {
        if (millis != tickMillis) {
            tickMillis = millis;
            vertx.cancelTimer(timer);
            timer = vertx.setPeriodic(millis, _ -> tick());
        }
    }

    private void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    private void fault(Throwable cause) {
        long nowNanos = System.nanoTime();
        if (faults.shouldLog(nowNanos)) {
            LOG.error("SFU worker {} goes on after an exception", index, cause);
        }
        if (faults.add(nowNanos)) {
            fail("too many exceptions");
        }
    }
}
