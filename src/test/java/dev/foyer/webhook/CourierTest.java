package dev.foyer.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.foyer.room.ManualLoop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One endpoint's letters, with time that a test lets pass and answers that it gives. */
class CourierTest {
    /** {@code printf '1893456000.{"n":"1"}' | openssl dgst -sha256 -hmac 'a webhook secret'}. */
    private static final String EXPECTED_SIGNATURE =
            "v1=419b9b08990c500ea9daeea9fb657f26b2d6ad52c1c27e505f139f6b217e3ddc";

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final ManualLoop loop = new ManualLoop();
    private final WebhookCounters counters = new WebhookCounters();
    private final FakePost post = new FakePost();
    private Instant now = START;
    private Courier courier;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        courier = courier();
    }

    @Test
    void deliversInOrderOneAtATime() {
        offer("1", "2", "3");
        assertEquals(List.of("1"), post.ids());
        post.answer(200);
        loop.run();
        assertEquals(List.of("1", "2"), post.ids());
        post.answer(204);
        loop.run();
        post.answer(299);
        loop.run();
        assertEquals(List.of("1", "2", "3"), post.ids());
        assertEquals(3, counters.delivered());
        assertEquals(0, counters.waiting());
        assertEquals(0, counters.retries());
    }

    @Test
    void signsEveryAttemptWithItsOwnTime() {
        offer("1");
        FakePost.Sent first = post.sent.getLast();
        assertEquals("1", first.headers.get("Foyer-Webhook-Id"));
        assertEquals(Long.toString(START.getEpochSecond()), first.headers.get("Foyer-Webhook-Timestamp"));
        assertEquals(EXPECTED_SIGNATURE, first.headers.get("Foyer-Webhook-Signature"));
        post.answer(500);
        pass(Duration.ofSeconds(1));
        FakePost.Sent second = post.sent.getLast();
        assertEquals("1", second.headers.get("Foyer-Webhook-Id"));
        assertEquals(Long.toString(START.getEpochSecond() + 1), second.headers.get("Foyer-Webhook-Timestamp"));
        assertNotEquals(EXPECTED_SIGNATURE, second.headers.get("Foyer-Webhook-Signature"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 400, 401, 404, 410, 429, 500, 503, -1})
    void triesAgainUntilItIsTaken(int status) {
        offer("1", "2");
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertEquals(attempt, post.sent.size());
            post.answer(status);
            loop.run();
            assertEquals(attempt, counters.retries());
            pass(Duration.ofMinutes(5));
        }
        assertEquals(List.of("1", "1", "1", "1", "1", "1"), post.ids());
        post.answer(200);
        loop.run();
        assertEquals("2", post.ids().getLast());
        assertEquals(1, counters.delivered());
    }

    @Test
    void waitsLongerEachTimeUpToALimit() {
        offer("1");
        long least = 500;
        long most = 1_000;
        for (int failure = 1; failure <= 20; failure++) {
            int sent = post.sent.size();
            post.answer(500);
            pass(Duration.ofMillis(least - 1));
            assertEquals(sent, post.sent.size(), "too early after failure " + failure);
            pass(Duration.ofMillis(most - least + 1));
            assertEquals(sent + 1, post.sent.size(), "too late after failure " + failure);
            most = Math.min(2 * most, 300_000);
            least = most / 2;
        }
    }

    @Test
    void beginsAnewWithShortWaitsAfterASuccess() {
        offer("1", "2");
        for (int i = 0; i < 6; i++) {
            post.answer(500);
            pass(Duration.ofMinutes(5));
        }
        post.answer(200);
        loop.run();
        int sent = post.sent.size();
        post.answer(500);
        pass(Duration.ofSeconds(1));
        assertEquals(sent + 1, post.sent.size());
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        offer("1");
        post.answer(429, 100);
        pass(Duration.ofMillis(99_999));
        assertEquals(1, post.sent.size());
        pass(Duration.ofMillis(1));
        assertEquals(2, post.sent.size());
        post.answer(503, 999_999_999);
        pass(Duration.ofMinutes(5));
        assertEquals(3, post.sent.size());
    }

    @Test
    void givesUpWhatIsTooOldAndGoesOn() {
        offer("1");
        post.answer(500);
        pass(Duration.ofHours(23));
        while (post.isWaiting()) {
            post.answer(500);
            pass(Duration.ofMinutes(5));
        }
        assertEquals(1, counters.dead());
        assertEquals(0, counters.waiting());
        offer("2");
        assertEquals("2", post.ids().getLast());
        post.answer(200);
        loop.run();
        assertEquals(1, counters.delivered());
    }

    @Test
    void dropsWhatIsTooMuchAndNeverWaits() {
        int fits = 0;
        for (int i = 0; counters.dead() == 0; i++) {
            courier.offer(letter(Integer.toString(i)));
            fits = i;
        }
        loop.run();
        assertEquals(fits, counters.waiting());
        assertEquals(1, post.sent.size());
        post.answer(200);
        loop.run();
        courier.offer(letter("late"));
        loop.run();
        assertEquals(1, counters.dead());
        assertEquals(fits, counters.waiting());
    }

    @Test
    void goesOnAfterARestartWithoutSendingTwice() throws IOException {
        offer("1", "2", "3");
        post.answer(200);
        loop.run();
        courier.close();
        loop.run();
        post.answer(200);
        loop.run();
        assertEquals(List.of("1", "2"), post.ids());

        // The answer for 2 came too late to be noted: it is sent once more, 1 is not.
        courier = courier();
        loop.run();
        post.answer(200);
        loop.run();
        post.answer(200);
        loop.run();
        assertEquals(List.of("1", "2", "2", "3"), post.ids());
        courier.close();
        loop.run();

        courier = courier();
        loop.run();
        assertEquals(4, post.sent.size());
    }

    private Courier courier() {
        WebhookEndpoint endpoint =
                new WebhookEndpoint(URI.create("https://example.org/hook?key=1"), WebhookForm.EVENTS);
        WebhookSettings defaults = WebhookSettings.of(List.of(endpoint), "a webhook secret", folder);
        WebhookSettings settings = new WebhookSettings(
                defaults.endpoints(),
                defaults.secret(),
                folder,
                10_000,
                defaults.maxAge(),
                defaults.timeout(),
                defaults.firstDelay(),
                defaults.maxDelay());
        Backoff backoff = new Backoff(settings.firstDelay(), settings.maxDelay(), new Random(1));
        Courier made = new Courier(endpoint, settings, post, loop, Runnable::run, () -> now, backoff, counters);
        made.start().toCompletableFuture().join();
        return made;
    }

    private void offer(String... ids) {
        for (String id : ids) {
            courier.offer(letter(id));
        }
        loop.run();
    }

    private Letter letter(String id) {
        return new Letter(id, now.toEpochMilli(), "", "{\"n\":\"" + id + "\"}");
    }

    private void pass(Duration time) {
        now = now.plus(time);
        loop.advance(time.toMillis());
    }

    private static final class FakePost implements Post {
        private final List<Sent> sent = new ArrayList<>();
        private final Deque<CompletableFuture<Answer>> waiting = new ArrayDeque<>();

        @Override
        public CompletionStage<Answer> send(URI url, Map<String, String> headers, String body) {
            assertEquals("https://example.org/hook?key=1", url.toString());
            sent.add(new Sent(headers, body));
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            waiting.add(answer);
            assertEquals(1, waiting.size(), "one at a time");
            return answer;
        }

        private void answer(int status) {
            answer(status, 0);
        }

        private void answer(int status, long retryAfterSeconds) {
            CompletableFuture<Answer> answer = waiting.remove();
            if (status < 0) {
                answer.completeExceptionally(new IOException("connection refused"));
            } else {
                answer.complete(new Answer(status, retryAfterSeconds));
            }
        }

        private boolean isWaiting() {
            return !waiting.isEmpty();
        }

        private List<String> ids() {
            return sent.stream().map(one -> one.headers.get("Foyer-Webhook-Id")).toList();
        }

        private record Sent(Map<String, String> headers, String body) {}
    }
}
