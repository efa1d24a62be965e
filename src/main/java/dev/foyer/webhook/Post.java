package dev.foyer.webhook;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends requests. */
interface Post {
    /**
     * Sends one request, once, to exactly that address.
     *
     * @return the answer; fails when there is none in time. Completes on any thread
     */
    CompletionStage<Answer> send(URI url, Map<String, String> headers, String body);

    /**
     * An answer.
     *
     * @param status HTTP's
     * @param retryAfterSeconds what {@code Retry-After} asks for, 0 when it asks for nothing
     */
    record Answer(int status, long retryAfterSeconds) {
        /** Whether the letter has arrived. */
        boolean accepts() {
            return status >= 200 && status < 300;
        }
    }
}
