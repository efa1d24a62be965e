package dev.foyer.app;

import dev.foyer.http.WebhookCounts;
import dev.foyer.room.RoomLoop;
import dev.foyer.room.RoomObserver;
import dev.foyer.webhook.WebhookCounters;
import dev.foyer.webhook.WebhookSettings;
import dev.foyer.webhook.Webhooks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The webhooks of a server, which has none unless somebody is to be told: then there is no outbox either. */
final class Hooks {
    private final @Nullable Webhooks webhooks;

    private Hooks(@Nullable Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** Opens the outboxes; fails when they cannot be used. */
    static Future<Hooks> start(Vertx vertx, WebhookSettings settings, RoomLoop loop, InstantSource clock) {
        if (settings.endpoints().isEmpty()) {
            return Future.succeededFuture(new Hooks(null));
        }
        return vertx.executeBlocking(() -> new Hooks(Webhooks.start(vertx, settings, loop, clock)))
                .map(Objects::requireNonNull);
    }

    /** Who is to hear of rooms. */
    RoomObserver observer() {
        return webhooks == null ? RoomObserver.NONE : webhooks;
    }

    /** What became of events. */
    WebhookCounts counts() {
        if (webhooks == null) {
            return WebhookCounts.NONE;
        }
        WebhookCounters counters = webhooks.counters();
        return new WebhookCounts(counters.delivered(), counters.retries(), counters.waiting(), counters.dead());
    }

    Future<Void> close() {
        return webhooks == null ? Future.succeededFuture() : Future.fromCompletionStage(webhooks.close());
    }
}
