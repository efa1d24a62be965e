package dev.foyer.app;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.auth.KeySetException;
import dev.foyer.dialect.TokenWatch;
import dev.foyer.http.WhipSessions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/** Who comes in, and who has to go when its token ends. One for sockets and HTTP: keys and clients are known once. */
final class Entrance {
    private static final long LOOK_MILLIS = 1_000;

    private final AuthSettings settings;
    private final InstantSource clock;
    private final Authenticator authenticator;
    private final TokenWatch tokens;

    Entrance(AuthSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.authenticator = new Authenticator(settings, clock);
        this.tokens = new TokenWatch(authenticator, settings.expiryWarning());
    }

    Authenticator authenticator() {
        return authenticator;
    }

    TokenWatch tokens() {
        return tokens;
    }

    /**
     * Has the keys of tokens at hand. A file without any is a mistake in the settings and fails; a server that does not
     * answer may do so later, and the log says so.
     */
    Future<Void> prepare() {
        return Future.fromCompletionStage(authenticator.prepare()).recover(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return settings.jwks() != null
                            && "file".equals(settings.jwks().getScheme())
                            && cause instanceof KeySetException wrong
                    ? Future.failedFuture(new SettingsException(
                            "JWKS_URL is \"%s\", which %s".formatted(settings.jwks(), wrong.getMessage())))
                    : Future.succeededFuture();
        });
    }

    /** From now on sees to it that whose token ends is told and goes. Until the server is closed. */
    void watch(Vertx vertx, WhipSessions whipSessions) {
        vertx.setPeriodic(LOOK_MILLIS, _ -> {
            tokens.check(clock.instant());
            whipSessions.endExpired(clock.instant());
        });
    }
}
