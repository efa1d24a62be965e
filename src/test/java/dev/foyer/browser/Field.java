package dev.foyer.browser;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A server, a Chromium, and clients as they are in the field in tabs of it. Topology returns to the mesh within seconds,
 * not minutes.
 */
final class Field implements AutoCloseable {
    private static final Map<String, String> SHORT_RETURN = Map.of(
            "MEDIASOUP_WORKERS", "1",
            "TOPOLOGY_QUIET_MS", "2000",
            "TOPOLOGY_CHANGE_INTERVAL_MS", "2000",
            "TOPOLOGY_RETURNS_PER_HOUR", "1000");

    private final int mediaPort;
    private final ServerProcess server;
    private final PageServer pages;
    private final Chromium chromium;
    private final List<FieldTab> tabs = new ArrayList<>();

    Field() throws Exception {
        mediaPort = ServerProcess.freeMediaPort();
        Map<String, String> environment = new LinkedHashMap<>(SHORT_RETURN);
        environment.put("RTC_MIN_PORT", Integer.toString(mediaPort));
        environment.put("RTC_MAX_PORT", Integer.toString(mediaPort));
        pages = new PageServer("/browser/dialects");
        chromium = new Chromium();
        // Last: it is a process that would outlive a test that could not be set up.
        server = ServerProcess.start(environment);
    }

    ServerProcess server() {
        return server;
    }

    /**
     * A user enters a room.
     *
     * @param parameters of the dialect's page, beside those that every page has
     */
    FieldTab join(String dialect, String user, String room, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("dialect", dialect);
        all.put("server", server.url());
        all.put("room", room);
        all.put("user", user);
        all.put("mediaPort", Integer.toString(mediaPort));
        String query = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        FieldTab tab = new FieldTab(chromium.newContext(), user, this::told);
        tabs.add(tab);
        tab.open(pages.url() + "/index.html?" + query);
        return tab;
    }

    FieldTab join(String dialect, String user, String room) {
        return join(dialect, user, room, Map.of());
    }

    private String told() {
        return tabs.stream().map(FieldTab::told).collect(Collectors.joining("\n")) + "\nserver:\n" + server.log();
    }

    /** Closes every tab, so that the next test finds the machine idle. */
    void clear() {
        tabs.forEach(FieldTab::close);
        tabs.clear();
    }

    @Override
    public void close() {
        clear();
        chromium.close();
        pages.close();
        server.close();
    }
}
