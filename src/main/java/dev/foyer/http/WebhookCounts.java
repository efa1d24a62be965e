package dev.foyer.http;

/**
 * What became of events for webhooks, as the API shows it.
 *
 * @param delivered accepted by an endpoint
 * @param retries attempts that failed
 * @param waiting not delivered yet
 * @param dead given up
 */
public record WebhookCounts(long delivered, long retries, long waiting, long dead) {
    /** A server without webhooks. */
    public static final WebhookCounts NONE = new WebhookCounts(0, 0, 0, 0);
}
