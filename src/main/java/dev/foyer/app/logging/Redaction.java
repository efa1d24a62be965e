package dev.foyer.app.logging;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.security.Key;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps addresses and secrets out of log lines: by the type of what is logged, and because libraries put addresses into
 * the texts of their exceptions, by what a text looks like. What was configured as a secret is found wherever it stands.
 *
 * <p>Safe for use from any thread.
 */
public final class Redaction {
    static final String ADDRESS = "[address]";
    static final String SECRET = "[secret]";
    private static final String TOKEN = "[token]";
    private static final String REPLACED_USER = "[user]@";

    /** Shorter ones would be found in every other word. */
    private static final int SHORTEST_SECRET = 4;

    private static final Pattern IPV4 = Pattern.compile("(?<![\\w.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![\\w]|\\.[0-9])");

    /** With its eight groups, or with the double colon that stands for some of them; so that no time of day is one. */
    private static final Pattern IPV6 = Pattern.compile("(?<![\\w:])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
            + "|(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?)"
            + "(?:%\\w+)?(?![\\w])");

    private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final Pattern URL_USER = Pattern.compile("(?<=//)[^\\s/@]+@");

    private static volatile List<String> secrets = List.of();

    private Redaction() {}

    /** Lets no line show any of these from now on; it replaces those named before. */
    public static void hide(Collection<String> values) {
        secrets = values.stream()
                .filter(value -> value.length() >= SHORTEST_SECRET)
                // One may contain another.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** What a line shows of a value. */
    static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case InetAddress _ -> ADDRESS;
            case SocketAddress _ -> ADDRESS;
            case io.vertx.core.net.SocketAddress _ -> ADDRESS;
            case URI _ -> ADDRESS;
            case URL _ -> ADDRESS;
            case Key _ -> SECRET;
            case byte[] _ -> SECRET;
            case char[] _ -> SECRET;
            case Object other -> text(String.valueOf(other));
        };
    }

    /** What a line shows of a text. */
    static String text(String text) {
        String rest = text;
        for (String secret : secrets) {
            rest = rest.replace(secret, SECRET);
        }
        rest = URL_USER.matcher(rest).replaceAll(REPLACED_USER);
        rest = JWT.matcher(rest).replaceAll(TOKEN);
        rest = IPV4.matcher(rest).replaceAll(ADDRESS);
        return IPV6.matcher(rest).replaceAll(ADDRESS);
    }
}
