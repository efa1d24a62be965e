package dev.foyer.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Users of the server's own page in one Chromium, a tab each. */
final class Tabs implements AutoCloseable {
    private final Chromium chromium;
    private final String url;
    private final List<Tab> tabs = new ArrayList<>();

    Tabs(String url) throws IOException {
        this(url, InstalledBrowser.chromium());
    }

    /** @param browser the program to start */
    Tabs(String url, Path browser) throws IOException {
        this.url = url;
        chromium = new Chromium(browser);
    }

    /** Opens the page as {@code user} and joins {@code room}. */
    Tab join(String user, String room) {
        Tab tab = open(user, room, "");
        tab.enter();
        return tab;
    }

    /**
     * Opens the join page of {@code room} as {@code user}.
     *
     * @param initScript runs before the page's own scripts
     */
    Tab open(String user, String room, String initScript) {
        Tab tab = new Tab(chromium.newContext(), user, url, script("meter.js") + initScript);
        tabs.add(tab);
        tab.open(room);
        return tab;
    }

    /** Leaves the room and closes the tab. */
    void leave(Tab tab) {
        tab.leave();
        tab.close();
        tabs.remove(tab);
    }

    static String script(String name) {
        try (InputStream in = Tabs.class.getResourceAsStream("/browser/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource browser/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tabs.forEach(Tab::close);
        chromium.close();
    }
}
