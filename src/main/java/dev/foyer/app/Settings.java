package dev.foyer.app;

import dev.foyer.auth.AuthSettings;
import dev.foyer.http.HttpSettings;
import dev.foyer.http.Loopback;
import dev.foyer.media.MediaSettings;
import dev.foyer.room.RoomSettings;
import dev.foyer.webhook.WebhookSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, one record a concern. docs/configuration.md lists the variables.
 *
 * @param http how the server is reached
 * @param tls what HTTPS is served with; null for plain HTTP
 * @param auth how tokens are checked
 * @param rooms what rooms are like
 * @param media how media reaches the server
 * @param turn what clients are told of TURN servers
 * @param limits what anybody may ask of the server
 * @param webhooks who is told of what happens in rooms
 * @param logLevel least level of log lines: trace, debug, info, warn or error
 * @param logFormat what log lines look like: plain or json
 */
public record Settings(
        HttpSettings http,
        @Nullable TlsSettings tls,
        AuthSettings auth,
        RoomSettings rooms,
        MediaSettings media,
        TurnSettings turn,
        ServerLimits limits,
        WebhookSettings webhooks,
        String logLevel,
        String logFormat) {
    private static final Path DEFAULT_FILE = Path.of("foyer.yaml");

    /**
     * Reads the settings of a start: command line, environment, configuration file. Blocks.
     *
     * @param arguments {@code --insecure} and {@code --config FILE}
     * @throws SettingsException with the line to show
     */
    static Settings read(List<String> arguments, Map<String, String> environment) {
        CommandLine line = CommandLine.parse(arguments);
        return read(line.variables(environment), line.insecure());
    }

    /** The same from variables that somebody else wants to ask afterwards. */
    static Settings read(Variables variables, boolean insecure) {
        Settings settings = from(variables, insecure);
        variables.refuseUnknown();
        return settings;
    }

    /**
     * What the environment and the configuration file say. Blocks.
     *
     * @param file null for the usual one, which may be absent
     */
    static Variables variables(@Nullable Path file, Map<String, String> environment) {
        Path existing = file == null && Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : file;
        return new Variables(environment, existing == null ? Map.of() : ConfigurationFile.read(existing));
    }

    private static Settings from(Variables variables, boolean insecure) {
        String host = variables.text("HOST", "127.0.0.1");
        boolean loopback = isLoopback(host, variables);
        AuthSettings auth = AuthVariables.read(variables, host, loopback, insecure);
        return new Settings(
                new HttpSettings(
                        host,
                        variables.integers("PORT", List.of(3000), 0, 65_535),
                        variables.origins(variables.either("ALLOWED_ORIGINS", "FRONTEND_URL")),
                        loopback && !auth.checksTokens(),
                        variables.flag("METRICS_OPEN", false)),
                TlsVariables.read(variables),
                auth,
                RoomVariables.read(variables),
                MediaVariables.read(variables, loopback),
                TurnSettings.from(variables),
                LimitVariables.read(variables),
                WebhookVariables.read(variables),
                variables.word("LOG_LEVEL", "info", List.of("trace", "debug", "info", "warn", "error")),
                variables.word("LOG_FORMAT", "plain", List.of("plain", "json")));
    }

    /** Whether only this machine can connect to a host; looks its name up. */
    private static boolean isLoopback(String host, Variables variables) {
        if (Loopback.isLoopbackHost(host)) {
            return true;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            throw variables.wrong("HOST", "an address of this machine, or a name of one");
        }
    }
}
