package dev.foyer.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the machine's browsers are: what {@code ./foyer test} found, or the usual places. */
final class InstalledBrowser {
    private InstalledBrowser() {}

    static Path chromium() {
        return find("FOYER_CHROMIUM", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    }

    static Path firefox() {
        return find("FOYER_FIREFOX", "/usr/bin/firefox-esr", "/usr/bin/firefox");
    }

    private static Path find(String variable, String... usual) {
        String named = System.getenv(variable);
        return Stream.concat(Stream.ofNullable(named), Stream.of(usual))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(variable + " names no browser: see ./foyer doctor"));
    }
}
