package dev.foyer.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a repeated request as the first was answered, without carrying it out again. What succeeded is remembered for a
 * day, but no more than a bounded number of answers of a bounded size in all: the oldest go first. What failed is not
 * remembered and may be tried again.
 *
 * <p>Safe for use from any thread.
 */
final class IdempotencyKeys {
    private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();

    private final int maxKeys;
    private final long maxCharacters;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>();
    private long characters;

    /**
     * @param maxKeys most answers
     * @param maxCharacters most of all answers together
     */
    IdempotencyKeys(int maxKeys, long maxCharacters) {
        this.maxKeys = maxKeys;
        this.maxCharacters = maxCharacters;
    }

    /**
     * Carries a request out, or repeats its answer.
     *
     * @param key the caller's, in the caller's own name
     * @param fingerprint of the request
     * @return fails with a {@link RequestRefusal}: 409 while the first is still carried out, 422 when the key was used for
     *     another request
     */
    CompletionStage<ApiAnswer> once(
            String key, String fingerprint, long nowMillis, Supplier<CompletionStage<ApiAnswer>> request) {
        Remembered mine;
        synchronized (this) {
            forgetOld(nowMillis);
            Remembered earlier = remembered.get(key);
            if (earlier != null) {
                return repeat(earlier, fingerprint);
            }
            mine = new Remembered(fingerprint, nowMillis);
            remembered.put(key, mine);
        }
        CompletionStage<ApiAnswer> answered;
        try {
            answered = request.get();
        } catch (RuntimeException refusal) {
            settle(key, mine, null);
            throw refusal;
        }
        return answered.whenComplete((answer, _) -> settle(key, mine, answer));
    }

    private static CompletionStage<ApiAnswer> repeat(Remembered earlier, String fingerprint) {
        if (!earlier.fingerprint.equals(fingerprint)) {
            throw new RequestRefusal(HttpError.UNPROCESSABLE, "This Idempotency-Key was used for another request");
        }
        if (earlier.answer == null) {
            throw new RequestRefusal(HttpError.CONFLICT, "The first request with this Idempotency-Key is not done yet");
        }
        return CompletableFuture.completedStage(earlier.answer);
    }

    private synchronized void settle(String key, Remembered mine, @Nullable ApiAnswer answer) {
        if (remembered.get(key) != mine) {
            return;
        }
        if (answer == null) {
            remembered.remove(key);
            return;
        }
        mine.answer = answer;
        mine.weight = (long) key.length()
                + mine.fingerprint.length()
                + (answer.body() == null ? 0 : answer.body().encode().length());
        characters += mine.weight;
        Iterator<Remembered> oldest = remembered.values().iterator();
        while ((remembered.size() > maxKeys || characters > maxCharacters) && oldest.hasNext()) {
            forget(oldest, oldest.next());
        }
    }

    private void forgetOld(long nowMillis) {
        Iterator<Remembered> oldest = remembered.values().iterator();
        while (oldest.hasNext()) {
            Remembered next = oldest.next();
            if (nowMillis - next.atMillis < KEPT_MILLIS) {
                return;
            }
            forget(oldest, next);
        }
    }

    private void forget(Iterator<Remembered> at, Remembered what) {
        at.remove();
        characters -= what.weight;
    }

    private static final class Remembered {
        private final String fingerprint;
        private final long atMillis;
        private @Nullable ApiAnswer answer;
        private long weight;

        private Remembered(String fingerprint, long atMillis) {
            this.fingerprint = fingerprint;
            this.atMillis = atMillis;
        }
    }
}
