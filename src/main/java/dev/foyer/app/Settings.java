package dev.foyer.app;

import dev.foyer.auth.AuthSettings;
import dev.foyer.http.HttpSettings;
import dev.foyer.http.Loopback;
import dev.foyer.media.MediaSettings;
import dev.foyer.room.RoomSettings;
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
 * @param auth how tokens are checked
 * @param rooms what rooms are like
 * @param media how media reaches the server
 * @param turn what clients are told of TURN servers
 * @param limits what anybody may ask of the server
 * @param logLevel least level of log lines: trace, debug, info, warn or error
 */
public record Settings(
        HttpSettings http,
        AuthSettings auth,
        RoomSettings rooms,
        MediaSettings media,
        TurnSettings turn,
        ServerLimits limits,
        String logLevel) {
    private static final Path DEFAULT_FILE = Path.of("foyer.yaml");

    /**
     * Reads the settings of a start: command line, environment, configuration file. Blocks.
     *
     * @param arguments {@code --insecure} and {@code --config FILE}
     * @throws SettingsException with the line to show
     */
    static Settings read(List<String> arguments, Map<String, String> environment) {
        boolean insecure = false;
        @Nullable Path file = null;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--insecure" -> insecure = true;
                case "--config" -> {
                    if (++i == arguments.size()) {
                        throw new SettingsException("--config needs the name of a file");
                    }
                    file = Path.of(arguments.get(i));
                }
                case String other ->
                    throw new SettingsException(
                            "there is no option %s, only --insecure and --config FILE".formatted(other));
            }
        }
        if (file == null && Files.exists(DEFAULT_FILE)) {
            file = DEFAULT_FILE;
        }
        Variables variables = new Variables(environment, file == null ? Map.of() : ConfigurationFile.read(file));
        Settings settings = from(variables, insecure);
        variables.refuseUnknown();
        return settings;
    }

    private static Settings from(Variables variables, boolean insecure) {
        String host = variables.text("HOST", "127.0.0.1");
        @Nullable String secret = variables.text("JWT_SECRET");
        boolean loopback = isLoopback(host, variables);
        if (!loopback && secret == null && !insecure) {
            throw new SettingsException(("HOST is \"%s\", where others can reach it: set JWT_SECRET so that only those"
                            + " with a token get in, or start with --insecure to let everybody in")
                    .formatted(host));
        }
        return new Settings(
                new HttpSettings(
                        host,
                        variables.integers("PORT", List.of(3000), 0, 65_535),
                        variables.origins(variables.either("ALLOWED_ORIGINS", "FRONTEND_URL")),
                        loopback && secret == null,
                        variables.flag("METRICS_OPEN", false)),
                new AuthSettings(secret, variables.text("JWT_ISSUER"), variables.text("JWT_AUDIENCE"), secret == null),
                RoomVariables.read(variables),
                MediaVariables.read(variables, loopback),
                TurnSettings.from(variables),
                LimitVariables.read(variables),
                variables.word("LOG_LEVEL", "info", List.of("trace", "debug", "info", "warn", "error")));
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
