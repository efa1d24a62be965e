package dev.foyer.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells by its name whether a host is this machine. Nothing is looked up: a name's owner can point it anywhere. */
public final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");
    private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}");

    private Loopback() {}

    /**
     * Whether a host is this machine.
     *
     * @param host a name or address; an IPv6 address with or without brackets
     */
    public static boolean isLoopbackHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.indexOf(':') >= 0) {
            return isLoopbackIpv6(name);
        }
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || IPV4.matcher(name).matches();
    }

    /** Whether the value of a {@code Host} header, with or without a port, is this machine. */
    public static boolean isLoopbackAuthority(@Nullable String authority) {
        if (authority == null) {
            return false;
        }
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (end <= 0) {
            return authority.indexOf(':') < 0 && isLoopbackHost(authority);
        }
        String port = authority.substring(end);
        return (port.isEmpty() || PORT.matcher(port).matches()) && isLoopbackHost(authority.substring(0, end));
    }

    /** Whether the value of an {@code Origin} header is a page of this machine. */
    public static boolean isLoopbackOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            String host = uri.getHost();
            return host != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && isLoopbackHost(host);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isLoopbackIpv6(String literal) {
        try {
            return InetAddress.ofLiteral(literal).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
