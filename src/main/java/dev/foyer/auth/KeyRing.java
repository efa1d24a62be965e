package dev.foyer.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of an issuer, as they were when last fetched.
 *
 * <p>They are fetched again when a token names a key that is not among them, for that is how issuers rotate, and in the
 * background once they are old. Whoever sends tokens with invented key ids cannot make the issuer be asked more often
 * than every {@link #PAUSE}. While the issuer cannot be reached the old keys hold, up to {@link #HOLD}.
 *
 * <p>Safe for use from any thread.
 */
final class KeyRing {
    /** After what time keys are fetched again though nothing is wrong with them. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** The least time from one fetch to the next. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** For how long keys hold that could not be fetched again: one that the issuer withdrew must end some time. */
    static final Duration HOLD = Duration.ofHours(24);

    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

    private final KeySource source;
    private final InstantSource clock;
    private List<VerificationKey> keys = List.of();
    private long fetchedAt;
    private @Nullable Long triedAt;
    private @Nullable CompletableFuture<Void> running;
    private boolean failing;

    KeyRing(KeySource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * The keys that a token may be signed with. Completed at once when there are any.
     *
     * @return empty when the issuer has none, or cannot be asked now; never fails
     */
    CompletionStage<List<VerificationKey>> keysFor(SignedToken token) {
        CompletableFuture<Void> fetch;
        synchronized (this) {
            List<VerificationKey> fitting = fitting(token);
            if (!fitting.isEmpty() && !isOver(fetchedAt, FRESH)) {
                return CompletableFuture.completedStage(fitting);
            }
            fetch = begin();
            if (!fitting.isEmpty() || fetch == null) {
                return CompletableFuture.completedStage(fitting);
            }
        }
        return fetch.handle((_, _) -> fitting(token));
    }

    /** Fetches the keys now. Fails with the {@link KeySetException} of the source. */
    CompletionStage<Void> prepare() {
        CompletableFuture<Void> fetch;
        synchronized (this) {
            fetch = begin();
        }
        return fetch == null ? CompletableFuture.completedStage(null) : fetch;
    }

    private synchronized List<VerificationKey> fitting(SignedToken token) {
        if (isOver(fetchedAt, HOLD)) {
            return List.of();
        }
        return keys.stream().filter(key -> key.fits(token)).toList();
    }

    /** A fetch that runs already or now; null when it is too soon for another. */
    private @Nullable CompletableFuture<Void> begin() {
        if (running != null) {
            return running;
        }
        if (triedAt != null && !isOver(triedAt, PAUSE)) {
            return null;
        }
        triedAt = clock.millis();
        CompletableFuture<Void> fetch = new CompletableFuture<>();
        running = fetch;
        var _ = source.fetch().whenComplete((fetched, failure) -> {
            settle(fetched, failure);
            if (failure == null) {
                fetch.complete(null);
            } else {
                fetch.completeExceptionally(failure);
            }
        });
        return fetch;
    }

    private synchronized void settle(@Nullable List<VerificationKey> fetched, @Nullable Throwable failure) {
        running = null;
        if (fetched != null) {
            keys = fetched;
            fetchedAt = clock.millis();
            if (failing) {
                log.info("the keys of tokens can be fetched again");
            }
            failing = false;
            return;
        }
        // Once a failure, not once an attempt.
        if (!failing) {
            log.warn("the key set of tokens {}; {} keys of earlier hold meanwhile", reason(failure), keys.size());
        }
        failing = true;
    }

    private static @Nullable String reason(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof KeySetException ? cause.getMessage() : "cannot be fetched: " + cause;
    }

    /** Also when the clock was set back: how much time has passed is not known then. */
    private boolean isOver(long since, Duration span) {
        long passed = clock.millis() - since;
        return passed < 0 || passed >= span.toMillis();
    }
}
