package dev.foyer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;

/**
 * Keeps a server in development mode, which asks nobody for a token, to this machine. Listening on loopback is not
 * enough: a reverse proxy would carry strangers in, and a page anywhere can point its own name at 127.0.0.1 (DNS
 * rebinding). The first shows in forwarding headers, the second in {@code Host}.
 */
final class DevelopmentGuard {
    private static final List<CharSequence> FORWARDED = List.of(
            HttpHeaders.createOptimized("forwarded"),
            HttpHeaders.createOptimized("x-forwarded-for"),
            HttpHeaders.createOptimized("x-forwarded-host"),
            HttpHeaders.createOptimized("x-forwarded-proto"),
            HttpHeaders.createOptimized("x-forwarded-server"),
            HttpHeaders.createOptimized("x-real-ip"),
            HttpHeaders.createOptimized("via"));

    private DevelopmentGuard() {}

    /** Whether a request is one of this machine. */
    static boolean admits(HttpServerRequest request) {
        MultiMap headers = request.headers();
        for (CharSequence name : FORWARDED) {
            if (headers.contains(name)) {
                return false;
            }
        }
        // HTTP/2 names the host in a pseudo-header, which Vert.x shows as the authority alone.
        HostAndPort authority = request.authority();
        String host = headers.get(HttpHeaders.HOST);
        return authority != null
                && Loopback.isLoopbackHost(authority.host())
                && (host == null || Loopback.isLoopbackAuthority(host));
    }
}
