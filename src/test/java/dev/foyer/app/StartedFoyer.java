package dev.foyer.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in the test's own process, on a port that is free. */
public final class StartedFoyer implements AutoCloseable {
    private final Foyer foyer;

    /** Starts a server with these environment variables. */
    public StartedFoyer(Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PORT", "0");
        foyer = Foyer.start(Settings.read(List.of(), all)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** The server. */
    public Foyer foyer() {
        return foyer;
    }

    /** Base address, without a trailing slash. */
    public String url() {
        return "http://localhost:" + foyer.ports().getFirst();
    }

    @Override
    public void close() {
        foyer.close().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
