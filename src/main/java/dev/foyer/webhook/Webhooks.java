package dev.foyer.webhook;

import dev.foyer.room.Dialect;
import dev.foyer.room.Peer;
import dev.foyer.room.RoomLoop;
import dev.foyer.room.RoomObserver;
import dev.foyer.room.RoomView;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of what happens in rooms and passes it on to each configured endpoint.
 *
 * <p>Safe for use from any thread; nothing that rooms call waits for anything.
 */
public final class Webhooks implements RoomObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final String LOCK = "lock";
    private static final int ID_BYTES = 12;

    private final List<Addressee> addressees;
    private final WebhookCounters counters;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ExecutorService disk;
    private final FileChannel lock;
    private final Runnable closePost;
    private @Nullable CompletionStage<Void> closed;

    private Webhooks(
            List<Addressee> addressees,
            WebhookCounters counters,
            InstantSource clock,
            SecureRandom random,
            ExecutorService disk,
            FileChannel lock,
            Runnable closePost) {
        this.addressees = addressees;
        this.counters = counters;
        this.clock = clock;
        this.random = random;
        this.disk = disk;
        this.lock = lock;
        this.closePost = closePost;
    }

    /**
     * Opens the outboxes, takes up what an earlier run left, and begins. Blocks: for start-up only.
     *
     * @param loop times the attempts
     * @param clock the time that events and signatures carry
     * @throws IOException when the outbox cannot be used, or another process uses it
     */
    public static Webhooks start(Vertx vertx, WebhookSettings settings, RoomLoop loop, InstantSource clock)
            throws IOException {
        VertxPost post = new VertxPost(vertx, settings.timeout());
        return start(settings, post, loop, clock, post::close);
    }

    static Webhooks start(WebhookSettings settings, Post post, RoomLoop loop, InstantSource clock, Runnable closePost)
            throws IOException {
        Files.createDirectories(settings.outbox());
        FileChannel lock = lock(settings.outbox());
        WebhookCounters counters = new WebhookCounters();
        SecureRandom random = new SecureRandom();
        ExecutorService disk = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("webhook-outbox").daemon().factory());
        List<Addressee> addressees = new ArrayList<>();
        List<CompletableFuture<Void>> started = new ArrayList<>();
        for (WebhookEndpoint endpoint : settings.endpoints()) {
            Backoff backoff = new Backoff(settings.firstDelay(), settings.maxDelay(), random);
            Courier courier = new Courier(endpoint, settings, post, loop, disk, clock, backoff, counters);
            addressees.add(new Addressee(endpoint.form(), courier));
            started.add(courier.start().toCompletableFuture());
        }
        Webhooks webhooks = new Webhooks(List.copyOf(addressees), counters, clock, random, disk, lock, closePost);
        try {
            CompletableFuture.allOf(started.toArray(CompletableFuture[]::new)).join();
            return webhooks;
        } catch (RuntimeException e) {
            var _ = webhooks.close();
            throw new IOException("cannot open the outbox in " + settings.outbox(), e.getCause());
        }
    }

    /** What became of events so far. */
    public WebhookCounters counters() {
        return counters;
    }

    /** Stops at once. What was not delivered is on disk, and is taken up by the next start. */
    public synchronized CompletionStage<Void> close() {
        if (closed == null) {
            closed = closeOnce();
        }
        return closed;
    }

    private CompletionStage<Void> closeOnce() {
        List<CompletableFuture<Void>> closing = addressees.stream()
                .map(addressee -> addressee.courier.close().toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> {
                    closePost.run();
                    disk.shutdown();
                    try {
                        lock.close();
                    } catch (IOException e) {
                        LOG.warn("the outbox was not unlocked", e);
                    }
                });
    }

    @Override
    public void roomOpened(RoomView room) {
        tell(RoomNews.ROOM_OPENED, room, () -> RoomNews.about(room));
    }

    @Override
    public void roomClosed(RoomView room) {
        tell(RoomNews.ROOM_CLOSED, room, () -> RoomNews.about(room));
    }

    @Override
    public void participantJoined(RoomView room, Peer peer, Dialect dialect) {
        tell(RoomNews.PARTICIPANT_JOINED, room, () -> RoomNews.about(room, peer, dialect));
    }

    @Override
    public void participantLeft(RoomView room, Peer peer, Dialect dialect) {
        tell(RoomNews.PARTICIPANT_LEFT, room, () -> RoomNews.about(room, peer, dialect));
    }

    /** Nothing that goes wrong here is the room's concern. */
    private void tell(String type, RoomView room, Supplier<JsonObject> data) {
        try {
            String id = newId();
            Instant at = clock.instant();
            @Nullable Letter event = null;
            for (Addressee addressee : addressees) {
                switch (addressee.form) {
                    case EVENTS -> {
                        event = event == null ? RoomNews.event(id, at, type, data.get()) : event;
                        addressee.courier.offer(event);
                    }
                    case CALL_ROOM -> {
                        Letter letter = type.equals(RoomNews.ROOM_OPENED) ? RoomNews.callRoom(id, at, room) : null;
                        if (letter != null) {
                            addressee.courier.offer(letter);
                        }
                    }
                }
            }
        } catch (RuntimeException bug) {
            LOG.error("an event for webhooks was lost", bug);
        }
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return "evt_" + HexFormat.of().formatHex(id);
    }

    /** One process at a time: two would deliver everything twice and write over each other. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // Said below.
        }
        channel.close();
        throw new IOException("another server uses the outbox in " + folder);
    }

    private record Addressee(WebhookForm form, Courier courier) {}
}
