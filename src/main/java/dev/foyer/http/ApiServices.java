package dev.foyer.http;

import dev.foyer.auth.TokenMint;
import dev.foyer.room.Drain;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/v1} is about besides rooms.
 *
 * @param drain ends the server's work
 * @param tokens mints tokens; null where there is no secret to sign with
 * @param webhooks what became of events; asked on event loops
 */
public record ApiServices(Drain drain, @Nullable TokenMint tokens, Supplier<WebhookCounts> webhooks) {}
