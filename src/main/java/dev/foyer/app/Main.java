package dev.foyer.app;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The process: reads the settings, runs a {@link Foyer}, ends it when told to. */
public final class Main {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_WRONG_SETTINGS = 2;
    private static final long START_SECONDS = 30;
    /** Leaves time to end the JVM within the five seconds that a shutdown may take. */
    private static final long CLOSE_MILLIS = 4_000;

    private Main() {}

    /**
     * Serves until SIGTERM or SIGINT, which ends the process with status 0 once clients are told; a second signal ends
     * it at once. Status 2 is a wrong setting, 1 any other failure to start.
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.err));
    }

    private static int run(List<String> arguments, PrintStream err) throws InterruptedException {
        Settings settings;
        try {
            settings = Settings.read(arguments, System.getenv());
        } catch (SettingsException e) {
            err.println("foyer: " + e.getMessage());
            return EXIT_WRONG_SETTINGS;
        }
        configureLogging(settings);
        Logger log = LoggerFactory.getLogger(Main.class);
        CountDownLatch told = new CountDownLatch(1);
        Signals.handle(told::countDown, () -> Runtime.getRuntime().halt(0));
        Foyer foyer;
        try {
            foyer = Foyer.start(settings).toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            err.println("foyer: " + startFailure(e));
            log.debug("start failed", e);
            return EXIT_FAILED;
        }
        for (int port : foyer.ports()) {
            log.info(
                    "Foyer is at {}://{}:{}",
                    settings.tls() == null ? "http" : "https",
                    shownHost(settings.http().host()),
                    port);
        }
        told.await();
        log.info("closing");
        try {
            foyer.close().toCompletableFuture().get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("not everything closed in time", e);
        }
        // What is left belongs to libraries; their threads and hooks must not delay the end.
        Runtime.getRuntime().halt(0);
        return 0;
    }

    /** Before the first logger exists: logback reads the level when it is first used. */
    private static void configureLogging(Settings settings) {
        System.setProperty("LOG_LEVEL", settings.logLevel());
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static String startFailure(Exception failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case SettingsException wrong -> String.valueOf(wrong.getMessage());
            case ListenException taken -> String.valueOf(taken.getMessage());
            case TimeoutException _ -> "did not start within %d seconds".formatted(START_SECONDS);
            default -> "cannot start: " + cause;
        };
    }

    /** What a person on this machine types into a browser, where cameras work without TLS. */
    private static String shownHost(String host) {
        return switch (host) {
            case "127.0.0.1", "::1", "0.0.0.0", "::" -> "localhost";
            default -> host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        };
    }
}
