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
import org.jspecify.annotations.Nullable;

/** Works out which addresses clients are told. */
final class HostCandidates {
    private HostCandidates() {}

    /**
     * The candidates of a worker, best first.
     *
     * @param bound the addresses of its sockets
     * @param interfaces this machine's addresses, as {@link #interfaceAddresses()} gives them
     */
    static List<IceCandidate> of(MediaSettings settings, List<InetSocketAddress> bound, List<InetAddress> interfaces) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        String announced = settings.announcedIp();
        for (InetSocketAddress socket : bound) {
            if (announced != null) {
                addresses.add(InetSocketAddress.createUnresolved(announced, socket.getPort()));
            } else if (socket.getAddress().isAnyLocalAddress()) {
                addAll(addresses, socket, interfaces, settings.loopbackCandidates());
            } else {
                addresses.add(socket);
            }
        }
        List<IceCandidate> candidates = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            String text = text(address);
            HostCandidate candidate =
                    HostCandidate.of(TransportProtocol.UDP, text, address.getPort(), candidates.size());
            candidates.add(new IceCandidate(
                    candidate.foundation(), candidate.priority(), text, text, "udp", candidate.port(), "host", null));
        }
        return List.copyOf(candidates);
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

    private static void addAll(
            Set<InetSocketAddress> into, InetSocketAddress socket, List<InetAddress> interfaces, boolean loopback) {
        boolean dualStack = socket.getAddress() instanceof Inet6Address;
        boolean found = false;
        for (InetAddress address : interfaces) {
            boolean reachable = dualStack || address instanceof Inet4Address;
            // A machine without a network still has its loopback.
            if (reachable && (!address.isLoopbackAddress() || loopback || !found)) {
                found = true;
                into.add(new InetSocketAddress(address, socket.getPort()));
            }
        }
    }

    private static String text(InetSocketAddress address) {
        @Nullable InetAddress resolved = address.getAddress();
        if (resolved == null) {
            return address.getHostString();
        }
        String text = resolved.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
