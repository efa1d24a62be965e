package dev.foyer.app;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Grant;
import dev.foyer.http.Loopback;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who may enter. */
final class AuthVariables {
    /** RFC 7518, section 3.2: as long as what it signs is hashed to. */
    private static final int MIN_SECRET_BYTES = 32;

    private static final int MAX_LEEWAY_MILLIS = 300_000;
    private static final int MAX_WARNING_MILLIS = 3_600_000;
    private static final String GUEST_GRANTS_ALLOWED = "namespaces with what guests may do there, such as"
            + " /signaling=publish+subscribe+create, separated by commas; of publish, subscribe, moderate, record, create";

    private AuthVariables() {}

    /**
     * Reads the settings.
     *
     * @param host as configured, for the line that refuses the start
     * @param loopback whether only this machine can reach the server
     * @param insecure whether everybody may enter where nothing checks tokens
     */
    static AuthSettings read(Variables variables, String host, boolean loopback, boolean insecure) {
        @Nullable String secret = variables.text("JWT_SECRET");
        @Nullable URI jwks = jwks(variables);
        boolean checksTokens = secret != null || jwks != null;
        if (!loopback && !checksTokens && !insecure) {
            throw new SettingsException(("HOST is \"%s\", where others can reach it: set JWT_SECRET or JWKS_URL so that"
                            + " only those with a token get in, or start with --insecure to let everybody in")
                    .formatted(host));
        }
        if (!loopback && secret != null && length(secret) < MIN_SECRET_BYTES && !insecure) {
            throw new SettingsException(
                    ("JWT_SECRET has %d bytes, which can be guessed where others can reach the server:"
                                    + " it needs %d, such as openssl rand -base64 32 prints")
                            .formatted(length(secret), MIN_SECRET_BYTES));
        }
        return new AuthSettings(
                secret,
                jwks,
                variables.text("JWT_ISSUER"),
                variables.text("JWT_AUDIENCE"),
                millis(variables, "JWT_LEEWAY_MS", AuthSettings.DEFAULT_LEEWAY, MAX_LEEWAY_MILLIS),
                millis(variables, "TOKEN_WARNING_MS", AuthSettings.DEFAULT_EXPIRY_WARNING, MAX_WARNING_MILLIS),
                !checksTokens,
                guestGrants(variables));
    }

    private static int length(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Duration millis(Variables variables, String name, Duration otherwise, int most) {
        return Duration.ofMillis(variables.integer(name, Math.toIntExact(otherwise.toMillis()), 0, most));
    }

    /** Keys that come over the network unprotected could be anybody's. */
    private static @Nullable URI jwks(Variables variables) {
        String text = variables.text("JWKS_URL");
        if (text == null) {
            return null;
        }
        try {
            URI uri = URI.create(text);
            boolean usable = switch (String.valueOf(uri.getScheme())) {
                case "https" -> uri.getHost() != null;
                case "http" -> uri.getHost() != null && Loopback.isLoopbackHost(uri.getHost());
                case "file" -> uri.getAuthority() == null && uri.getPath() != null && uri.getQuery() == null;
                default -> false;
            };
            if (usable && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw variables.wrong("JWKS_URL", "an https: URL, an http: one of this machine, or file:///path/of/a/file");
    }

    private static Map<String, Set<Grant>> guestGrants(Variables variables) {
        Map<String, Set<Grant>> all = new LinkedHashMap<>();
        for (String entry : variables.list("GUEST_GRANTS")) {
            int equals = entry.indexOf('=');
            String namespace = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (!Foyer.NAMESPACES.contains(namespace)) {
                throw variables.wrong("GUEST_GRANTS", GUEST_GRANTS_ALLOWED);
            }
            Set<Grant> grants = EnumSet.noneOf(Grant.class);
            for (String word : entry.substring(equals + 1).split("\\+", -1)) {
                Optional<Grant> grant = Grant.of(word.strip()).filter(found -> found != Grant.ADMIN);
                grants.add(grant.orElseThrow(() -> variables.wrong("GUEST_GRANTS", GUEST_GRANTS_ALLOWED)));
            }
            all.put(namespace, grants);
        }
        return all;
    }
}
