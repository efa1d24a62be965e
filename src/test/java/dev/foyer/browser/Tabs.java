package dev.foyer.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One headless Chromium with a fake camera and a steady tone as its microphone; each tab is a user of its own. */
final class Tabs implements AutoCloseable {
    /** Without a graphics card the processor draws every pixel of every tab. */
    private static final Browser.NewContextOptions SMALL_WINDOW =
            new Browser.NewContextOptions().setViewportSize(640, 400);

    private final Playwright playwright;
    private final Browser browser;
    private final String url;
    private final List<Tab> tabs = new ArrayList<>();

    Tabs(String url) throws IOException {
        this.url = url;
        Path tone = ContinuousTone.write(Files.createTempFile("foyer-tone", ".wav"), 2);
        tone.toFile().deleteOnExit();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> arguments = new ArrayList<>(List.of(
                "--use-fake-device-for-media-stream=fps=30",
                "--use-fake-ui-for-media-stream",
                "--use-file-for-fake-audio-capture=" + tone,
                "--allow-loopback-in-peer-connection",
                "--disable-features=WebRtcHideLocalIpsWithMdns",
                "--autoplay-policy=no-user-gesture-required",
                "--disable-gpu",
                "--disable-renderer-backgrounding",
                "--disable-background-timer-throttling",
                "--disable-backgrounding-occluded-windows",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run"));
        if ("root".equals(System.getProperty("user.name"))) {
            arguments.add("--no-sandbox");
        }
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(InstalledBrowser.chromium())
                        .setArgs(arguments));
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
        Tab tab = new Tab(browser.newContext(SMALL_WINDOW), user, url, script("meter.js") + initScript);
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
        browser.close();
        playwright.close();
    }
}
