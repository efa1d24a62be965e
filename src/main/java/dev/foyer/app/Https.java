package dev.foyer.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
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
    private final Function<KeyCertOptions, Future<?>> update;
    private Future<Boolean> last = Future.succeededFuture(false);

    /**
     * @param settings the files; null for plain HTTP
     * @param update has new connections use another certificate
     */
    Https(Vertx vertx, @Nullable TlsSettings settings, Function<KeyCertOptions, Future<?>> update) {
        this.vertx = vertx;
        this.files = settings == null ? null : new TlsFiles(settings);
        this.update = update;
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

    /** Looks at the files every few seconds from now on, if there are any. Until the server is closed. */
    void follow() {
        if (files != null) {
            vertx.setPeriodic(LOOK_MILLIS, _ -> {
                var _ = look();
            });
        }
    }

    /** Looks at the files now. True once new connections get what has changed, false when nothing has. */
    synchronized Future<Boolean> look() {
        // One look after the other: the files are one thread's at a time, and changes arrive in their order.
        last = last.transform(_ -> takeOver());
        return last;
    }

    private Future<Boolean> takeOver() {
        TlsFiles tls = Objects.requireNonNull(files);
        return vertx.<@Nullable KeyCertOptions>executeBlocking(tls::changed)
                .compose(changed -> changed == null
                        ? Future.succeededFuture(false)
                        : update.apply(changed).map(true));
    }
}
