package dev.foyer.app;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Named values of the environment and of the configuration file, read by type. The environment wins; an empty value
 * counts as none. Every wrong value ends in a {@link SettingsException} that names the variable, what it was and what
 * it may be.
 *
 * <p>Whatever is asked for is remembered with the value that counts when nothing is said, so that {@link #effective}
 * knows every setting there is.
 */
final class Variables {
    /** A variable with such a name is a secret, whatever method reads it. */
    private static final Pattern SECRET_NAME = Pattern.compile("(.*_)?(SECRET|PASSWORD|PASSPHRASE|TOKEN)S?");

    private static final Pattern IP_LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final Map<String, String> environment;
    private final Map<String, String> file;
    /** What was asked for, in that order, and what counts when nothing is said. */
    private final Map<String, @Nullable String> asked = new LinkedHashMap<>();

    private final Set<String> secrets = new HashSet<>();

    Variables(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /** A text, or null. */
    @Nullable
    String text(String name) {
        remember(name, null);
        return switch (source(name)) {
            case ENVIRONMENT -> said(environment.get(name));
            case FILE -> said(file.get(name));
            case DEFAULT -> null;
        };
    }

    String text(String name, String otherwise) {
        remember(name, otherwise);
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** A text that nobody may see but whom it is for, or null: no message repeats it. */
    @Nullable
    String secret(String name) {
        secrets.add(name);
        return text(name);
    }

    /** The first of two names that says something: variables have more than one name in the field. */
    String either(String name, String alias) {
        String first = text(name);
        String second = text(alias);
        return first == null && second != null ? alias : name;
    }

    /** The parts of a list separated by commas; empty when there is no value. */
    List<String> list(String name) {
        String value = text(name);
        List<String> parts = new ArrayList<>();
        if (value != null) {
            for (String part : value.split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
        }
        return List.copyOf(parts);
    }

    int integer(String name, int otherwise, int least, int most) {
        remember(name, Integer.toString(otherwise));
        String value = text(name);
        return value == null
                ? otherwise
                : number(name, value, least, most, "a whole number from %d to %d".formatted(least, most));
    }

    List<Integer> integers(String name, List<Integer> otherwise, int least, int most) {
        remember(name, otherwise.stream().map(String::valueOf).collect(Collectors.joining(",")));
        List<String> parts = list(name);
        if (parts.isEmpty()) {
            return otherwise;
        }
        String allowed = "whole numbers from %d to %d, separated by commas".formatted(least, most);
        return parts.stream()
                .map(part -> number(name, part, least, most, allowed))
                .toList();
    }

    double fraction(String name, double otherwise) {
        remember(name, Double.toString(otherwise));
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        String allowed = "a number from 0 to 1";
        try {
            double number = Double.parseDouble(value);
            if (number >= 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw wrong(name, allowed);
    }

    /** A time in milliseconds. */
    Duration millis(String name, Duration otherwise) {
        return Duration.ofMillis(integer(name, Math.toIntExact(otherwise.toMillis()), 0, Integer.MAX_VALUE));
    }

    boolean flag(String name, boolean otherwise) {
        remember(name, Boolean.toString(otherwise));
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /** One of several words, whatever its case. */
    String word(String name, String otherwise, List<String> words) {
        String value = text(name, otherwise).toLowerCase(Locale.ROOT);
        if (!words.contains(value)) {
            throw wrong(name, "one of " + String.join(", ", words));
        }
        return value;
    }

    /** IP addresses, not names, separated by commas: nothing is looked up. Empty when there is no value. */
    List<InetAddress> addresses(String name) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String part : list(name)) {
            InetAddress address = address(part);
            if (address == null) {
                throw wrong(name, "IPv4 or IPv6 addresses, separated by commas");
            }
            addresses.add(address);
        }
        return List.copyOf(addresses);
    }

    /** An IP address as text, not a name; null for anything else. */
    static @Nullable InetAddress address(String text) {
        try {
            return IP_LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException _) {
            return null;
        }
    }

    /** Origins as browsers write them, {@code https://example.org}, without a path. */
    List<String> origins(String name) {
        List<String> origins = list(name);
        for (String origin : origins) {
            if (!isOrigin(origin)) {
                throw wrong(name, "origins such as https://example.org, separated by commas");
            }
        }
        return origins.stream()
                .map(origin -> origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin)
                .toList();
    }

    /** Stops the start for names in the file that nothing has asked for: they are misspelled. */
    void refuseUnknown() {
        for (String name : new TreeSet<>(file.keySet())) {
            if (!asked.containsKey(name)) {
                throw new SettingsException(name + " is set in the configuration file, but there is no such setting");
            }
        }
    }

    /** Every variable that was asked for so far, in that order. */
    List<EffectiveValue> effective() {
        List<EffectiveValue> values = new ArrayList<>();
        asked.forEach((name, otherwise) -> {
            String value = text(name);
            values.add(new EffectiveValue(
                    name, value == null ? otherwise : value, otherwise, source(name), isSecret(name)));
        });
        return List.copyOf(values);
    }

    /** The values of all secrets that were asked for and are there. */
    List<String> secretValues() {
        List<String> values = new ArrayList<>();
        for (EffectiveValue effective : effective()) {
            String value = effective.value();
            if (effective.secret() && value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    /** The exception that says that a variable's value cannot be. */
    SettingsException wrong(String name, String allowed) {
        String value = text(name);
        String shown = value == null ? "" : isSecret(name) ? "(not shown)" : value;
        return new SettingsException("%s is \"%s\", but may be %s".formatted(name, shown, allowed));
    }

    /** Of several defaults, of several room types say, the first counts. */
    private void remember(String name, @Nullable String otherwise) {
        if (!asked.containsKey(name) || (otherwise != null && asked.get(name) == null)) {
            asked.put(name, otherwise);
        }
    }

    private ValueSource source(String name) {
        if (said(environment.get(name)) != null) {
            return ValueSource.ENVIRONMENT;
        }
        return said(file.get(name)) != null ? ValueSource.FILE : ValueSource.DEFAULT;
    }

    private boolean isSecret(String name) {
        return secrets.contains(name) || SECRET_NAME.matcher(name).matches();
    }

    private static @Nullable String said(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private int number(String name, String value, int least, int most, String allowed) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw wrong(name, allowed);
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            String path = uri.getRawPath();
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && (path == null || path.isEmpty() || path.equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
