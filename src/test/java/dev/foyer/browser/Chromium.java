package dev.foyer.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One headless Chromium with a fake camera and a steady tone as its microphone; each context is a user of its own. */
final class Chromium implements AutoCloseable {
    /** Without a graphics card the processor draws every pixel of every tab. */
    private static final Browser.NewContextOptions SMALL_WINDOW =
            new Browser.NewContextOptions().setViewportSize(640, 400);

    private final Playwright playwright;
    private final Browser browser;

    Chromium() throws IOException {
        this(InstalledBrowser.chromium());
    }

    /** @param program to start */
    Chromium(Path program) throws IOException {
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
                        .setExecutablePath(program)
                        .setArgs(arguments));
    }

    BrowserContext newContext() {
        return browser.newContext(SMALL_WINDOW);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
