package dev.foyer.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTPS when there are files for it, and follows them. A change is for new connections: those that are open keep
 * what they have.
 */
final class Https {
    private static final long LOOK_MILLIS = 5_000;

    private final Vertx vertx;
    private final @Nullable TlsFiles files;

    /**
     * @param settings the files; null for plain HTTP
     */
    Https(Vertx vertx, @Nullable TlsSettings settings) {
        this.vertx = vertx;
        this.files = settings == null ? null : new TlsFiles(settings);
    }

    /** The same options, with the certificate if there is one. Fails with a {@link SettingsException}. */
    Future<HttpServerOptions> secured(HttpServerOptions options) {
        TlsFiles tls = files;
        if (tls == null) {
            return Future.succeededFuture(options);
        }
        return vertx.<@Nullable KeyCertOptions>executeBlocking(() -> {
                    try {
                        return tls.load();
                    } catch (TlsFileException wrong) {
                        throw new SettingsException(String.valueOf(wrong.getMessage()));
                    }
                })
                .map(certificate -> options.setSsl(true).setKeyCertOptions(Objects.requireNonNull(certificate)));
    }

    /**
     * Looks at the files every few seconds, and has servers take over what has changed.
     *
     * @param update has every server take over options
     */
    void follow(HttpServerOptions options, Function<ServerSSLOptions, Future<?>> update) {
        if (files != null) {
            vertx.setPeriodic(LOOK_MILLIS, _ -> {
                var _ = look(options, update);
            });
        }
    }

    /** Looks at the files now. True once servers have taken over what has changed, false when nothing has. */
    Future<Boolean> look(HttpServerOptions options, Function<ServerSSLOptions, Future<?>> update) {
        TlsFiles tls = Objects.requireNonNull(files);
        return vertx.<@Nullable KeyCertOptions>executeBlocking(tls::changed).compose(changed -> {
            if (changed == null) {
                return Future.succeededFuture(false);
            }
            ServerSSLOptions next = options.getSslOptions().copy().setKeyCertOptions(changed);
            return update.apply(next).map(true);
        });
    }
}
