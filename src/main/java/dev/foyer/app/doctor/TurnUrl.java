package dev.foyer.app.doctor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server (RFC 7064, RFC 7065).
 *
 * @param relay whether it is asked to relay, rather than for an address
 * @param transport how it is reached
 * @param host its name or address
 * @param port its port
 */
public record TurnUrl(boolean relay, Transport transport, String host, int port) {
    private static final Pattern URL = Pattern.compile(
            "(stuns?|turns?):(\\[[^\\]]+]|[^:?\\[\\]]+)(?::([0-9]{1,5}))?(?:\\?transport=(udp|tcp))?",
            Pattern.CASE_INSENSITIVE);
    private static final int PORT = 3478;
    private static final int TLS_PORT = 5349;
    private static final int MOST = 65_535;

    /** How packets get to it. */
    public enum Transport {
        UDP,
        TCP,
        TLS
    }

    /** Reads a URL; null when it is none. TLS over UDP counts as none: no client in the field uses it. */
    public static @Nullable TurnUrl parse(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            return null;
        }
        String scheme = url.group(1).toLowerCase(Locale.ROOT);
        boolean secure = scheme.endsWith("s");
        boolean udp = "udp".equalsIgnoreCase(url.group(4));
        if (secure && udp) {
            return null;
        }
        Transport transport =
                secure ? Transport.TLS : "tcp".equalsIgnoreCase(url.group(4)) ? Transport.TCP : Transport.UDP;
        String host = url.group(2);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = url.group(3) == null ? (secure ? TLS_PORT : PORT) : Integer.parseInt(url.group(3));
        return port < 1 || port > MOST ? null : new TurnUrl(scheme.startsWith("turn"), transport, host, port);
    }
}
