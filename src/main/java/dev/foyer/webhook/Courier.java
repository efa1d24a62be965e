package dev.foyer.webhook;

import dev.foyer.room.RoomLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings letters to one endpoint, one after the other in the order in which they came, each until it is accepted or too
 * old. A letter is on disk before it is sent.
 *
 * <p>Belongs to its loop, but for {@link #offer}. Files are touched on the executor that it is given, which runs one task
 * at a time, in order.
 */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final String JSON = "application/json";

    private final WebhookEndpoint endpoint;
    private final WebhookSettings settings;
    private final Post post;
    private final RoomLoop loop;
    private final Executor disk;
    private final InstantSource clock;
    private final Backoff backoff;
    private final WebhookCounters counters;

    /** What waits, also what is still on its way to the disk. */
    private final AtomicLong waitingBytes = new AtomicLong();

    /** What is still on its way to the disk. */
    private final Queue<Letter> arrived = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean storing = new AtomicBoolean();
    private final Deque<Letter> queue = new ArrayDeque<>();
    /** Set once, on the disk's thread, and used there alone. */
    private @Nullable Outbox outbox;

    private boolean busy;
    private boolean closed;
    private int failures;
    private Runnable cancelRetry = () -> {};

    Courier(
            WebhookEndpoint endpoint,
            WebhookSettings settings,
            Post post,
            RoomLoop loop,
            Executor disk,
            InstantSource clock,
            Backoff backoff,
            WebhookCounters counters) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.post = post;
        this.loop = loop;
        this.disk = disk;
        this.clock = clock;
        this.backoff = backoff;
        this.counters = counters;
    }

    /**
     * Takes up what an earlier run left, and begins.
     *
     * @return fails with an {@link UncheckedIOException} when the outbox cannot be opened
     */
    CompletionStage<Void> start() {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        Outbox opened = new Outbox(settings.outbox().resolve(endpoint.name() + ".outbox"));
                        outbox = opened;
                        for (Letter letter : opened.waiting()) {
                            waitingBytes.addAndGet(letter.weight());
                            counters.arrived();
                            loop.execute(() -> enqueue(letter));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                disk);
    }

    /** Takes a letter. Any thread; returns at once. One too many is dropped and counted. */
    void offer(Letter letter) {
        int weight = letter.weight();
        if (waitingBytes.addAndGet(weight) > settings.maxWaitingBytes()) {
            waitingBytes.addAndGet(-weight);
            counters.refused();
            return;
        }
        counters.arrived();
        arrived.add(letter);
        if (storing.compareAndSet(false, true)) {
            disk.execute(this::store);
        }
    }

    /** Stops; what waits is taken up by the next run. The stage completes when the file is closed. */
    CompletionStage<Void> close() {
        loop.execute(() -> {
            closed = true;
            cancelRetry.run();
        });
        return CompletableFuture.runAsync(
                () -> {
                    onDisk("closed", Outbox::close);
                    outbox = null;
                },
                disk);
    }

    /** Everything that has come meanwhile at once: what costs time is not writing, but being sure that it is written. */
    private void store() {
        storing.set(false);
        List<Letter> letters = new ArrayList<>();
        for (Letter letter = arrived.poll(); letter != null; letter = arrived.poll()) {
            letters.add(letter);
        }
        onDisk("kept", box -> box.add(letters));
        loop.execute(() -> letters.forEach(this::enqueue));
    }

    private void enqueue(Letter letter) {
        queue.add(letter);
        if (!busy) {
            attempt();
        }
    }

    private void attempt() {
        Letter letter = queue.peek();
        while (letter != null && isTooOld(letter)) {
            LOG.warn("webhook {} never took event {}: given up", endpoint.name(), letter.id());
            counters.gaveUp();
            forget(letter);
            letter = queue.peek();
        }
        busy = letter != null && !closed;
        if (letter == null || closed) {
            return;
        }
        Letter sent = letter;
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", JSON);
        headers.put(Signature.ID, sent.id());
        headers.put(Signature.TIMESTAMP, timestamp);
        if (settings.secret() != null) {
            headers.put(Signature.SIGNATURE, Signature.of(settings.secret(), timestamp, sent.body()));
        }
        post.send(url(sent), headers, sent.body())
                .whenComplete((answer, failure) -> loop.execute(() -> answered(sent, answer, failure)));
    }

    private void answered(Letter letter, Post.@Nullable Answer answer, @Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (answer != null && answer.accepts()) {
            failures = 0;
            counters.accepted();
            forget(letter);
            attempt();
            return;
        }
        failures++;
        counters.failed();
        if (failures == 1) {
            LOG.warn(
                    "webhook {} did not take event {}: {}",
                    endpoint.name(),
                    letter.id(),
                    answer != null ? "status " + answer.status() : nameOf(failure));
        }
        long delay = backoff.delayNanos(failures, answer == null ? 0 : answer.retryAfterSeconds());
        cancelRetry = loop.schedule(delay, this::attempt);
    }

    private boolean isTooOld(Letter letter) {
        return clock.millis() - letter.atMillis() >= settings.maxAge().toMillis();
    }

    private void forget(Letter letter) {
        queue.remove();
        waitingBytes.addAndGet(-letter.weight());
        disk.execute(() -> onDisk("removed", box -> box.remove(letter)));
    }

    private URI url(Letter letter) {
        return letter.path().isEmpty() ? endpoint.url() : URI.create(base() + letter.path());
    }

    private String base() {
        String url = endpoint.url().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** A disk that fails costs what a restart would have to know, not the delivery itself. */
    private void onDisk(String what, DiskTask task) {
        Outbox open = outbox;
        if (open == null) {
            return;
        }
        try {
            task.run(open);
        } catch (IOException e) {
            LOG.error("a letter of webhook {} was not {} on disk", endpoint.name(), what, e);
        }
    }

    /** Without the message, which names the address. */
    private static String nameOf(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null ? "no answer" : cause.getClass().getSimpleName();
    }

    @FunctionalInterface
    private interface DiskTask {
        void run(Outbox outbox) throws IOException;
    }
}
