package dev.foyer.socketio;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who may connect.
 *
 * @param allowedOrigins asked with the {@code Origin} header of a request that comes from another origin than its
 *     {@code Host}; true lets it in, with credentials. Requests without the header are not from a page and pass.
 * @param clientAddress the address that a request counts for, for instance the one that a trusted proxy names
 * @param secure whether a request came by TLS, perhaps only as far as a trusted proxy
 * @param gate how many connections an address may open
 */
public record AccessOptions(
        Predicate<String> allowedOrigins,
        Function<HttpServerRequest, InetSocketAddress> clientAddress,
        Predicate<HttpServerRequest> secure,
        ConnectionGate gate) {
    private static final InetSocketAddress UNKNOWN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Pages of the same origin only; the address of the TCP connection; any number of connections. */
    public static AccessOptions defaults() {
        return new AccessOptions(_ -> false, AccessOptions::peer, HttpServerRequest::isSSL, ConnectionGate.OPEN);
    }

    /** A copy that lets pages of other origins in, too. */
    public AccessOptions withAllowedOrigins(Predicate<String> origins) {
        return new AccessOptions(origins, clientAddress, secure, gate);
    }

    /** A copy with another gate. */
    public AccessOptions withGate(ConnectionGate other) {
        return new AccessOptions(allowedOrigins, clientAddress, secure, other);
    }

    /** The address of the TCP connection; loopback when it is none (a Unix domain socket). */
    public static InetSocketAddress peer(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        if (address == null || !address.isInetSocket()) {
            return UNKNOWN;
        }
        String ip = address.hostAddress();
        return ip == null ? UNKNOWN : new InetSocketAddress(InetAddress.ofLiteral(ip), address.port());
    }
}
