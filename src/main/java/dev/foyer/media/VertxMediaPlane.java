package dev.foyer.media;

import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.protocol.dtls.DtlsCertificate;
import dev.foyer.protocol.srtp.SrtpSession;
import dev.foyer.room.MediaError;
import dev.foyer.room.MediaException;
import dev.foyer.room.MediaListener;
import dev.foyer.room.MediaPlane;
import dev.foyer.room.MediaSession;
import dev.foyer.sfu.RouterSettings;
import dev.foyer.sfu.negotiation.RouterCapabilities;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media plane of one process: a number of {@link SfuVerticle}s, and sessions spread over them by load.
 *
 * <p>A verticle that fails is undeployed and another deployed in its place; its sessions are lost, each listener is told
 * so, and rooms open new ones. While a replacement cannot be deployed it is tried again every second.
 */
public final class VertxMediaPlane implements MediaPlane {
    private static final Logger LOG = LoggerFactory.getLogger(VertxMediaPlane.class);
    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final MediaSettings settings;
    private final DtlsCertificate certificate;
    private final SecureRandom random;
    private final RouterSettings routerSettings;
    private final AtomicReferenceArray<@Nullable Worker> workers;
    private final AtomicReference<MediaCounters> retired = new AtomicReference<>(MediaCounters.ZERO);
    private volatile boolean closed;

    private VertxMediaPlane(Vertx vertx, MediaSettings settings, DtlsCertificate certificate, SecureRandom random) {
        this.vertx = vertx;
        this.settings = settings;
        this.certificate = certificate;
        this.random = random;
        this.routerSettings = new RouterSettings(RouterCapabilities.defaults(), settings.limits());
        this.workers = new AtomicReferenceArray<>(settings.workers());
    }

    /**
     * Starts the SFU verticles.
     *
     * @return the plane once all of them listen; fails when one finds no port
     */
    public static CompletionStage<VertxMediaPlane> start(Vertx vertx, MediaSettings settings) {
        SecureRandom random = new SecureRandom();
        return vertx.executeBlocking(() -> {
                    SrtpSession.warmUp();
                    return DtlsCertificate.generate(random, Instant.now());
                })
                .compose(certificate -> {
                    VertxMediaPlane plane =
                            new VertxMediaPlane(vertx, settings, Objects.requireNonNull(certificate), random);
                    return plane.deployAll(0)
                            .recover(failure -> plane.undeployAll().transform(_ -> Future.failedFuture(failure)));
                })
                .toCompletionStage();
    }

    /** One after the other, so that worker i takes the i-th free port. */
    private Future<VertxMediaPlane> deployAll(int index) {
        return index == settings.workers()
                ? Future.succeededFuture(this)
                : deploy(index).compose(_ -> deployAll(index + 1));
    }

    private Future<Void> deploy(int index) {
        Promise<Void> deployed = Promise.promise();
        SfuVerticle verticle = new SfuVerticle(index, settings, certificate, random, reason -> failed(index, reason));
        vertx.deployVerticle(verticle).onComplete(done -> {
            if (done.failed()) {
                deployed.fail(done.cause());
                return;
            }
            Worker worker = new Worker(verticle, done.result());
            workers.set(index, worker);
            if (closed) {
                workers.set(index, null);
                vertx.undeploy(worker.deploymentId).onComplete(deployed);
            } else {
                // It may have failed while its deployment was still under way.
                verticle.execute(() -> verticle.failure().ifPresent(reason -> failed(index, reason)));
                deployed.complete();
            }
        });
        return deployed.future();
    }

    @Override
    public RtpCapabilities rtpCapabilities() {
        return routerSettings.rtpCapabilities();
    }

    @Override
    public int workers() {
        return running().size();
    }

    @Override
    public CompletionStage<MediaSession> open(String roomId, MediaListener listener) {
        Worker chosen = null;
        for (Worker worker : running()) {
            if (chosen == null || worker.load() < chosen.load()) {
                chosen = worker;
            }
        }
        CompletableFuture<MediaSession> opened = new CompletableFuture<>();
        if (chosen == null || closed) {
            opened.completeExceptionally(new MediaException(MediaError.CLOSED, "No SFU worker runs"));
            return opened;
        }
        Worker worker = chosen;
        worker.opening.incrementAndGet();
        try {
            worker.verticle.execute(() -> worker.open(routerSettings, listener, opened));
        } catch (RejectedExecutionException _) {
            opened.completeExceptionally(new MediaException(MediaError.CLOSED, "The SFU is shut down"));
        }
        return opened;
    }

    /** What all workers counted since the plane started, those that failed included; at most a second old. */
    public MediaCounters counters() {
        MediaCounters sum = retired.get();
        for (Worker worker : running()) {
            sum = sum.plus(worker.verticle.publishedCounters());
        }
        return sum;
    }

    /** The same as of now, asked of each worker's loop. */
    CompletionStage<MediaCounters> askCounters() {
        List<Future<MediaCounters>> asked = new ArrayList<>();
        for (Worker worker : running()) {
            Promise<MediaCounters> answer = Promise.promise();
            worker.verticle.execute(() -> answer.complete(worker.verticle.counters()));
            asked.add(answer.future());
        }
        return Future.all(asked)
                .map(_ -> asked.stream().map(Future::result).reduce(retired.get(), MediaCounters::plus))
                .toCompletionStage();
    }

    /** The UDP ports of the workers that run, by worker. */
    public List<Integer> ports() {
        return running().stream().map(worker -> worker.verticle.port()).toList();
    }

    /** The event loops of the workers that run: each is the same object as long as its worker runs. */
    public List<Executor> loops() {
        return running().stream().map(worker -> worker.loop).toList();
    }

    /** Closes all sessions, without telling their listeners, and releases the ports. Idempotent. */
    public CompletionStage<Void> close() {
        return undeployAll().toCompletionStage();
    }

    private Future<Void> undeployAll() {
        closed = true;
        List<Future<Void>> stopped = new ArrayList<>();
        for (int i = 0; i < workers.length(); i++) {
            Worker worker = workers.getAndSet(i, null);
            if (worker != null) {
                stopped.add(vertx.undeploy(worker.deploymentId));
            }
        }
        return Future.join(stopped).mapEmpty();
    }

    /**
     * Makes a worker fail as if its sockets were lost, for tests of what follows.
     *
     * @return completed when another worker runs in its place
     */
    CompletionStage<Void> failWorker(int index) {
        Worker worker = Objects.requireNonNull(workers.get(index));
        worker.verticle.execute(() -> worker.verticle.fail("told to"));
        return worker.replaced.future().toCompletionStage();
    }

    /** Closes a worker's sockets behind its back, for tests of what follows. */
    void loseSocket(int index) {
        Worker worker = Objects.requireNonNull(workers.get(index));
        worker.verticle.execute(worker.verticle::loseSocket);
    }

    /** Whether nothing is left of any session that was opened, asked of each worker's loop. */
    CompletionStage<Boolean> askIdle() {
        List<Future<Boolean>> asked = new ArrayList<>();
        for (Worker worker : running()) {
            Promise<Boolean> answer = Promise.promise();
            worker.verticle.execute(() -> answer.complete(worker.verticle.isIdle() && worker.sessions.isEmpty()));
            asked.add(answer.future());
        }
        return Future.all(asked)
                .map(_ -> asked.stream().allMatch(Future::result))
                .toCompletionStage();
    }

    /** On the failed worker's loop. */
    private void failed(int index, String reason) {
        Worker worker = workers.getAndSet(index, null);
        if (worker == null || closed) {
            return;
        }
        worker.loseAll(reason);
        retired.accumulateAndGet(worker.verticle.counters(), MediaCounters::plus);
        vertx.undeploy(worker.deploymentId).onComplete(_ -> redeploy(index, worker.replaced));
    }

    private void redeploy(int index, Promise<Void> replaced) {
        if (closed) {
            return;
        }
        deploy(index).onSuccess(_ -> replaced.complete()).onFailure(failure -> {
            LOG.error("SFU worker {} could not be restarted; trying again", index, failure);
            vertx.setTimer(RETRY_MILLIS, _ -> redeploy(index, replaced));
        });
    }

    private List<Worker> running() {
        List<Worker> running = new ArrayList<>();
        for (int i = 0; i < workers.length(); i++) {
            Worker worker = workers.get(i);
            if (worker != null) {
                running.add(worker);
            }
        }
        return running;
    }

    /** A deployed verticle and its sessions; the list belongs to the verticle's loop. */
    private static final class Worker {
        private final SfuVerticle verticle;
        private final String deploymentId;
        private final Executor loop;
        private final List<VertxMediaSession> sessions = new ArrayList<>();
        private final Promise<Void> replaced = Promise.promise();
        private final AtomicInteger opening = new AtomicInteger();
        private boolean lost;

        Worker(SfuVerticle verticle, String deploymentId) {
            this.verticle = verticle;
            this.deploymentId = deploymentId;
            this.loop = verticle::execute;
        }

        /** Sessions on their way count, so that a burst of them spreads. */
        int load() {
            return verticle.load() + opening.get();
        }

        void open(RouterSettings settings, MediaListener listener, CompletableFuture<MediaSession> opened) {
            opening.decrementAndGet();
            if (lost) {
                opened.completeExceptionally(new MediaException(MediaError.CLOSED, "The SFU worker failed"));
                return;
            }
            VertxMediaSession session;
            try {
                session = VertxMediaSession.open(verticle, settings, listener, sessions::remove);
            } catch (RuntimeException e) {
                opened.completeExceptionally(VertxMediaSession.translated(e));
                return;
            }
            sessions.add(session);
            opened.complete(session);
        }

        void loseAll(String reason) {
            lost = true;
            for (VertxMediaSession session : List.copyOf(sessions)) {
                session.lose(reason);
            }
            sessions.clear();
        }
    }
}
