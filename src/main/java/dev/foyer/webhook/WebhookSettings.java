package dev.foyer.webhook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what happens in rooms, and how hard it is tried.
 *
 * @param endpoints none for no webhooks
 * @param secret signs every request; null only for endpoints of the form {@link WebhookForm#CALL_ROOM}
 * @param outbox directory of what is still to be delivered
 * @param maxWaitingBytes most that waits for one endpoint; what comes on top is dropped and counted
 * @param maxAge after this long an event is given up
 * @param timeout of one attempt
 * @param firstDelay longest wait before the second attempt; it doubles with each one
 * @param maxDelay longest wait between two attempts
 */
public record WebhookSettings(
        List<WebhookEndpoint> endpoints,
        @Nullable String secret,
        Path outbox,
        long maxWaitingBytes,
        Duration maxAge,
        Duration timeout,
        Duration firstDelay,
        Duration maxDelay) {
    private static final long DEFAULT_WAITING_BYTES = 16L << 20;

    public WebhookSettings {
        endpoints = List.copyOf(endpoints);
        if (secret == null && endpoints.stream().anyMatch(endpoint -> endpoint.form() == WebhookForm.EVENTS)) {
            throw new IllegalArgumentException("events need a secret to be signed with");
        }
    }

    /** The documented defaults. */
    public static WebhookSettings of(List<WebhookEndpoint> endpoints, @Nullable String secret, Path outbox) {
        return new WebhookSettings(
                endpoints,
                secret,
                outbox,
                DEFAULT_WAITING_BYTES,
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5));
    }

    /** Leaves out the secret and the addresses. */
    @Override
    public String toString() {
        return "WebhookSettings[endpoints=" + endpoints.size() + "]";
    }
}
