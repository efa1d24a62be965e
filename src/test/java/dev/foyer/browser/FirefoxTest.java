package dev.foyer.browser;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Firefox and Chromium see each other, peer to peer and through the SFU. */
@Tag("browser")
class FirefoxTest {
    private static final int PATIENCE_MS = 30_000;

    @Test
    void firefoxAndChromiumSeeEachOther() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("TOPOLOGY_MESH_MAX", "2"));
                Tabs tabs = new Tabs(server.url());
                BidiFirefox firefox = new BidiFirefox(InstalledBrowser.firefox())) {
            Tab chromium = tabs.join("ada", "mixed");
            firefox.preload("() => {" + Tabs.script("meter.js") + "}");
            firefox.navigate(server.url() + "/r/mixed");
            firefox.await("document.querySelector('[data-testid=join]')", 20_000);
            firefox.evaluate("""
                    {
                      const name = document.querySelector('[data-testid=join-name]');
                      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(name, 'fox');
                      name.dispatchEvent(new Event('input', { bubbles: true }));
                    }
                    """);
            firefox.evaluate("document.querySelector('[data-testid=join]').click()");
            firefox.await(mode("p2p") + " && " + shows("ada"), PATIENCE_MS);
            chromium.awaitFramesOfUsers(List.of("fox"));

            Tab third = tabs.join("grace", "mixed");
            firefox.await(mode("sfu") + " && " + shows("ada") + " && " + shows("grace"), PATIENCE_MS);
            chromium.awaitFramesOfUsers(List.of("fox", "grace"));
            third.awaitFramesOfUsers(List.of("fox", "ada"));
        }
    }

    private static String mode(String mode) {
        return """
                (room => room?.dataset.mode === '%s' && room.dataset.committed === 'true')(
                  document.querySelector('[data-testid=room]'))
                """.formatted(mode).strip();
    }

    /** True once 20 more frames of a user have been shown than when it was first asked in this mode. */
    private static String shows(String user) {
        return """
                (() => {
                  const [shown] = foyerMeter.counts(['%1$s']);
                  const since = (window.shownSince ??= {});
                  const key = '%1$s ' + document.querySelector('[data-testid=room]').dataset.mode;
                  since[key] ??= shown;
                  return shown >= since[key] + 20;
                })()
                """.formatted(user).strip();
    }
}
