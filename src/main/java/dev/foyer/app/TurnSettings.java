package dev.foyer.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told of TURN and STUN servers.
 *
 * @param urls {@code stun:}, {@code turn:} and {@code turns:} URLs (RFC 7064, RFC 7065)
 * @param secret shared with the TURN server for time-limited credentials; null when they are fixed
 * @param username of fixed credentials
 * @param password of fixed credentials
 */
public record TurnSettings(
        List<String> urls,
        @Nullable String secret,
        @Nullable String username,
        @Nullable String password) {
    public TurnSettings {
        urls = List.copyOf(urls);
    }

    static TurnSettings from(Variables variables) {
        List<String> urls = variables.list("TURN_URLS");
        for (String url : urls) {
            if (!url.matches("(stuns?|turns?):[^/\\s]+")) {
                throw variables.wrong(
                        "TURN_URLS", "URLs such as turn:turn.example.org:3478?transport=udp, separated by commas");
            }
        }
        TurnSettings settings = new TurnSettings(
                urls,
                variables.secret("TURN_SECRET"),
                variables.text("TURN_USERNAME"),
                variables.secret("TURN_PASSWORD"));
        boolean credentials = settings.secret() != null || (settings.username() != null && settings.password() != null);
        if (!credentials && urls.stream().anyMatch(url -> url.startsWith("turn"))) {
            throw new SettingsException(
                    "TURN_URLS names a TURN server: set TURN_SECRET, or TURN_USERNAME and TURN_PASSWORD, too");
        }
        return settings;
    }

    /** Leaves out the credentials. */
    @Override
    public String toString() {
        return "TurnSettings[urls=" + urls.size() + "]";
    }
}
