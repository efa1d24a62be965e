package dev.foyer.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What forwarding headers say of a request's way, farthest hop first. Anybody may have written any of it.
 *
 * @param from whom each proxy says that it had the request from; null where it says nothing that is an address
 * @param protocol what the last proxy says that the request came by, in lower case; null when it says nothing
 */
record ForwardedHops(
        List<@Nullable InetAddress> from, @Nullable String protocol) {
    private static final Pattern LISTED = Pattern.compile(",", Pattern.LITERAL);

    /** A parameter of {@code Forwarded} (RFC 7239, section 4) and what follows it: another, another hop, or the end. */
    private static final Pattern PARAMETER = Pattern.compile(
            "\\s*+(?:([!#$%&'*+.^_`|~0-9A-Za-z-]++)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]++)|\"([^\"\\\\]*+)\"))?+\\s*+"
                    + "([;,]|\\z)");

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");

    /** Reads {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
    static ForwardedHops ofLists(List<String> addresses, List<String> protocols) {
        List<@Nullable InetAddress> from = new ArrayList<>();
        for (String line : addresses) {
            for (String entry : LISTED.split(line, -1)) {
                from.add(node(entry.strip()));
            }
        }
        String protocol = null;
        if (!protocols.isEmpty()) {
            String line = protocols.getLast();
            protocol = line.substring(line.lastIndexOf(',') + 1).strip().toLowerCase(Locale.ROOT);
        }
        return new ForwardedHops(from, protocol);
    }

    /** Reads {@code Forwarded} (RFC 7239); one that is malformed names no address. */
    static ForwardedHops of(List<String> lines) {
        List<@Nullable InetAddress> from = new ArrayList<>();
        String protocol = null;
        for (String line : lines) {
            Matcher parameter = PARAMETER.matcher(line);
            int at = 0;
            InetAddress address = null;
            protocol = null;
            boolean more = true;
            while (more) {
                if (!parameter.region(at, line.length()).lookingAt()) {
                    return new ForwardedHops(List.of(), null);
                }
                String name = parameter.group(1);
                String value = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
                if (name != null && value != null) {
                    switch (name.toLowerCase(Locale.ROOT)) {
                        case "for" -> address = node(value);
                        case "proto" -> protocol = value.toLowerCase(Locale.ROOT);
                        default -> {}
                    }
                }
                String next = parameter.group(4);
                at = parameter.end();
                more = !next.isEmpty();
                if (!next.equals(";")) {
                    from.add(address);
                    address = null;
                    protocol = more ? null : protocol;
                }
            }
        }
        return new ForwardedHops(from, protocol);
    }

    /** An address with or without a port; one of IPv6 with a port is in brackets. */
    private static @Nullable InetAddress node(String text) {
        String address = text;
        String rest = "";
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                return null;
            }
            address = text.substring(1, end);
            rest = text.substring(end + 1);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            address = text.substring(0, text.indexOf(':'));
            rest = text.substring(text.indexOf(':'));
        }
        return rest.isEmpty() || PORT.matcher(rest).matches() ? AddressRange.literal(address) : null;
    }
}
