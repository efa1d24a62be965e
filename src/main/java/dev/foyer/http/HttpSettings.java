package dev.foyer.http;

import java.util.List;

/**
 * How the server is reached over HTTP.
 *
 * @param host address or name to listen on
 * @param ports each is listened on; 0 takes any free port
 * @param allowedOrigins other origins whose pages may call this server, with credentials
 * @param development whether only this machine is served: loopback pages of any port are let in, and whatever comes
 *     from elsewhere is refused
 * @param metricsOpen whether {@code /metrics} is shown without a token
 */
public record HttpSettings(
        String host, List<Integer> ports, List<String> allowedOrigins, boolean development, boolean metricsOpen) {
    public HttpSettings {
        ports = List.copyOf(ports);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** Loopback, for development and tests. */
    public static HttpSettings development(int port) {
        return new HttpSettings("127.0.0.1", List.of(port), List.of(), true, false);
    }
}
