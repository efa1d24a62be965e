package dev.foyer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word counts for where a request came from. A client may write whatever it likes into forwarding
 * headers, and a proxy adds to them on the right: so they are read from the right, for as long as those that wrote them are
 * trusted, and the first address that is no trusted proxy's is the client's. Any thread.
 *
 * <p>A proxy writes {@code X-Forwarded-For} or {@code Forwarded} and lets the other pass as the client wrote it. Where both
 * are there and differ, neither counts, and the request is the proxy's own.
 */
public final class TrustedProxies {
    private static final InetAddress NO_ADDRESS = InetAddress.getLoopbackAddress();
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("x-forwarded-proto");

    private final List<AddressRange> ranges;

    /**
     * @param ranges where proxies are; none, and no header counts
     */
    public TrustedProxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** Nobody's word counts. */
    public static TrustedProxies none() {
        return new TrustedProxies(List.of());
    }

    /** Where a request comes from; a port only when no proxy was on the way; loopback for a Unix domain socket. */
    public InetSocketAddress clientAddress(HttpServerRequest request) {
        InetSocketAddress peer = peer(request.remoteAddress());
        if (!trusts(peer.getAddress())) {
            return peer;
        }
        MultiMap headers = request.headers();
        boolean standard = headers.contains(FORWARDED);
        boolean usual = headers.contains(FORWARDED_FOR);
        InetAddress byStandard =
                client(ForwardedHops.of(headers.getAll(FORWARDED)).from());
        InetAddress byUse = client(
                ForwardedHops.ofLists(headers.getAll(FORWARDED_FOR), List.of()).from());
        InetAddress client = standard && usual && !same(byStandard, byUse) ? null : standard ? byStandard : byUse;
        return client == null ? peer : new InetSocketAddress(client, 0);
    }

    /** Whether a request came by TLS, to the first proxy on its way if there is one. */
    public boolean secure(HttpServerRequest request) {
        MultiMap headers = request.headers();
        if (!trusts(peer(request.remoteAddress()).getAddress())) {
            return request.isSSL();
        }
        String byUse = ForwardedHops.ofLists(List.of(), headers.getAll(FORWARDED_PROTO))
                .protocol();
        String byStandard = ForwardedHops.of(headers.getAll(FORWARDED)).protocol();
        if (byUse == null && byStandard == null) {
            return request.isSSL();
        }
        return (byUse == null || byUse.equals("https")) && (byStandard == null || byStandard.equals("https"));
    }

    /** Whether a connection comes from a proxy, which carries many clients. */
    boolean trusts(SocketAddress remote) {
        return trusts(peer(remote).getAddress());
    }

    private boolean trusts(InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The nearest hop that is no trusted proxy, or the farthest; null when something before it is no address. */
    private @Nullable InetAddress client(List<@Nullable InetAddress> hops) {
        InetAddress client = null;
        for (int i = hops.size() - 1; i >= 0; i--) {
            client = hops.get(i);
            if (client == null || !trusts(client)) {
                break;
            }
        }
        return client;
    }

    private static boolean same(@Nullable InetAddress one, @Nullable InetAddress other) {
        return one != null && one.equals(other);
    }

    /** The address of a TCP connection. */
    static InetSocketAddress peer(@Nullable SocketAddress remote) {
        String ip = remote == null || !remote.isInetSocket() ? null : remote.hostAddress();
        return remote == null || ip == null
                ? new InetSocketAddress(NO_ADDRESS, 0)
                : new InetSocketAddress(InetAddress.ofLiteral(ip), remote.port());
    }
}
