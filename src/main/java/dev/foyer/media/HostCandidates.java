package dev.foyer.media;

import dev.foyer.ortc.IceCandidate;
import dev.foyer.protocol.ice.HostCandidate;
import dev.foyer.protocol.ice.TransportProtocol;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Works out which addresses clients are told. */
final class HostCandidates {
    private HostCandidates() {}

    /**
     * The candidates of a worker, best first: TCP for whoever cannot use UDP, with a priority below it (RFC 6544 section
     * 4.2).
     *
     * @param bound the addresses of its UDP sockets, which are those of its TCP sockets, too
     * @param interfaces this machine's addresses, as {@link #interfaceAddresses()} gives them
     */
    static List<IceCandidate> of(MediaSettings settings, List<InetSocketAddress> bound, List<InetAddress> interfaces) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (InetSocketAddress socket : bound) {
            for (String address : announced(settings, socket, interfaces)) {
                endpoints.add(new Endpoint(address, socket.getPort()));
            }
        }
        List<IceCandidate> candidates = new ArrayList<>();
        add(candidates, TransportProtocol.UDP, endpoints);
        if (settings.tcp()) {
            add(candidates, TransportProtocol.TCP, endpoints);
        }
        return List.copyOf(candidates);
    }

    private static void add(List<IceCandidate> candidates, TransportProtocol protocol, Set<Endpoint> endpoints) {
        boolean tcp = protocol == TransportProtocol.TCP;
        int rank = 0;
        for (Endpoint endpoint : endpoints) {
            HostCandidate candidate = HostCandidate.of(protocol, endpoint.address, endpoint.port, rank++);
            candidates.add(new IceCandidate(
                    candidate.foundation(),
                    candidate.priority(),
                    endpoint.address,
                    endpoint.address,
                    tcp ? "tcp" : "udp",
                    endpoint.port,
                    "host",
                    tcp ? "passive" : null));
        }
    }

    private static List<String> announced(
            MediaSettings settings, InetSocketAddress socket, List<InetAddress> interfaces) {
        return switch (settings.announcement()) {
            case Announcement.Instead instead -> instead.addresses();
            case Announcement.Mapped mapped ->
                own(settings, socket, interfaces).stream()
                        .map(local -> mapped.publicByLocal().getOrDefault(local, local))
                        .toList();
            case Announcement.Own _, Announcement.Discovered _ -> own(settings, socket, interfaces);
        };
    }

    /** The addresses of this machine at which a socket receives. */
    private static List<String> own(MediaSettings settings, InetSocketAddress socket, List<InetAddress> interfaces) {
        if (!socket.getAddress().isAnyLocalAddress()) {
            return List.of(text(socket.getAddress()));
        }
        boolean dualStack = socket.getAddress() instanceof Inet6Address;
        List<String> addresses = new ArrayList<>();
        for (InetAddress address : interfaces) {
            boolean reachable = dualStack || address instanceof Inet4Address;
            // A machine without a network still has its loopback.
            if (reachable && (!address.isLoopbackAddress() || settings.loopbackCandidates() || addresses.isEmpty())) {
                addresses.add(text(address));
            }
        }
        return addresses;
    }

    /** Addresses of the interfaces that are up, without link-local ones: IPv4 before IPv6, loopback last. */
    static List<InetAddress> interfaceAddresses() {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!network.isUp()) {
                    continue;
                }
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLinkLocalAddress() && !address.isMulticastAddress()) {
                        addresses.add(address);
                    }
                }
            }
        } catch (SocketException _) {
            addresses.add(InetAddress.getLoopbackAddress());
        }
        addresses.sort(Comparator.comparingInt(HostCandidates::rank));
        return addresses;
    }

    private static int rank(InetAddress address) {
        return (address.isLoopbackAddress() ? 2 : 0) + (address instanceof Inet6Address ? 1 : 0);
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    private record Endpoint(String address, int port) {}
}
