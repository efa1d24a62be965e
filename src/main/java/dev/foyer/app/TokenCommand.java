package dev.foyer.app;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.auth.TokenMint;
import dev.foyer.dialect.RoleWords;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code ./foyer token}: makes a token with the secret that the server is configured with. */
public final class TokenCommand {
    private static final int EXIT_REFUSED = 2;
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,6})([smhd])");
    private static final Duration DEFAULT_VALIDITY = Duration.ofHours(1);
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(3_650);
    private static final Set<String> OPTIONS =
            Set.of("--room", "--user", "--name", "--role", "--grants", "--expires", "--config");
    private static final String USAGE = "usage: ./foyer token --room ROOM --user USER [--role host|participant|viewer]"
            + " [--grants publish,subscribe,moderate,record,create,admin] [--name NAME] [--expires 1h] [--config FILE]";

    private TokenCommand() {}

    /** Prints the token, or one line that says what is wrong and ends with status 2. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), InstantSource.system(), System.out, System.err));
    }

    static int run(
            List<String> arguments,
            Map<String, String> environment,
            InstantSource clock,
            PrintStream out,
            PrintStream err) {
        try {
            out.println(token(arguments, environment, clock));
            return 0;
        } catch (SettingsException e) {
            err.println("foyer: " + e.getMessage());
            return EXIT_REFUSED;
        }
    }

    private static String token(List<String> arguments, Map<String, String> environment, InstantSource clock) {
        Map<String, String> options = options(arguments);
        String room = required(options, "--room");
        String user = required(options, "--user");
        @Nullable String role = options.get("--role");
        if (role != null && RoleWords.read(role).isEmpty()) {
            throw new SettingsException("--role is \"%s\", but may be host, participant or viewer".formatted(role));
        }
        Identity identity = new Identity(
                user,
                options.get("--name"),
                room.equals("*") ? null : room,
                role,
                options.containsKey("--grants") ? grants(options.get("--grants")) : null);
        Duration validity = validity(options.get("--expires"));
        return new TokenMint(settings(options.get("--config"), environment), clock).mint(identity, validity);
    }

    private static AuthSettings settings(@Nullable String file, Map<String, String> environment) {
        Variables variables = Settings.variables(file == null ? null : Path.of(file), environment);
        @Nullable String secret = variables.text("JWT_SECRET");
        if (secret == null) {
            throw new SettingsException("there is no JWT_SECRET to sign a token with: set it as for the server, in the"
                    + " environment or in foyer.yaml; without one, a server on this machine asks nobody for a token");
        }
        return new AuthSettings(secret, variables.text("JWT_ISSUER"), variables.text("JWT_AUDIENCE"), false);
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!OPTIONS.contains(name)) {
                throw new SettingsException("there is no option %s; %s".formatted(name, USAGE));
            }
            if (i + 1 == arguments.size() || arguments.get(i + 1).isBlank()) {
                throw new SettingsException("%s needs a value; %s".formatted(name, USAGE));
            }
            options.put(name, arguments.get(i + 1).strip());
        }
        return options;
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new SettingsException("%s is missing; %s".formatted(name, USAGE));
        }
        return value;
    }

    private static Set<Grant> grants(String words) {
        Set<Grant> grants = EnumSet.noneOf(Grant.class);
        for (String word : words.split(",", -1)) {
            grants.add(Grant.of(word.strip())
                    .orElseThrow(
                            () -> new SettingsException(("--grants is \"%s\", but may be some of publish,subscribe,"
                                            + "moderate,record,create,admin, separated by commas")
                                    .formatted(words))));
        }
        return grants;
    }

    private static Duration validity(@Nullable String text) {
        if (text == null) {
            return DEFAULT_VALIDITY;
        }
        Matcher matcher = SPAN.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration validity = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (validity.compareTo(LONGEST_VALIDITY) <= 0) {
                return validity;
            }
        }
        throw new SettingsException(
                "--expires is \"%s\", but may be a time such as 30m, 1h or 7d, up to 3650d".formatted(text));
    }
}
