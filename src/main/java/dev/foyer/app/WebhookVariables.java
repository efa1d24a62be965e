package dev.foyer.app;

import dev.foyer.webhook.WebhookEndpoint;
import dev.foyer.webhook.WebhookForm;
import dev.foyer.webhook.WebhookSettings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads who is told of what happens in rooms. */
final class WebhookVariables {
    private static final String DEFAULT_OUTBOX = "webhook-outbox";
    private static final int LEAST_SECRET = 16;

    private WebhookVariables() {}

    static WebhookSettings read(Variables variables) {
        List<WebhookEndpoint> endpoints = new ArrayList<>();
        for (String url : variables.list("WEBHOOK_URLS")) {
            endpoints.add(new WebhookEndpoint(url(variables, "WEBHOOK_URLS", url), WebhookForm.EVENTS));
        }
        String backend = variables.text("BACKEND_URL");
        @Nullable String secret = variables.text("WEBHOOK_SECRET");
        if (secret != null && secret.length() < LEAST_SECRET) {
            // Not by Variables.wrong, which shows the value.
            throw new SettingsException("WEBHOOK_SECRET is shorter than %d characters".formatted(LEAST_SECRET));
        }
        if (secret == null && !endpoints.isEmpty()) {
            throw new SettingsException("WEBHOOK_URLS needs WEBHOOK_SECRET, too, so that receivers can tell who calls");
        }
        if (backend != null) {
            URI url = url(variables, "BACKEND_URL", backend);
            if (url.getRawQuery() != null) {
                throw variables.wrong("BACKEND_URL", "a URL without a query");
            }
            endpoints.add(new WebhookEndpoint(url, WebhookForm.CALL_ROOM));
        }
        return WebhookSettings.of(endpoints, secret, outbox(variables));
    }

    private static URI url(Variables variables, String name, String text) {
        try {
            URI url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw variables.wrong(
                name, "http or https URLs without a user or a fragment, such as https://example.org/hooks");
    }

    private static Path outbox(Variables variables) {
        String text = variables.text("WEBHOOK_OUTBOX_DIR", DEFAULT_OUTBOX);
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            throw variables.wrong("WEBHOOK_OUTBOX_DIR", "a directory");
        }
    }
}
