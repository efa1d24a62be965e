package dev.foyer.media;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;

/** Tells this machine's addresses from those of others, as they were when the verticle started. */
final class OwnMachine {
    private final Set<InetAddress> addresses;

    /** @param addresses those of this machine's interfaces */
    OwnMachine(Collection<InetAddress> addresses) {
        this.addresses = Set.copyOf(addresses);
    }

    /** Whether a datagram with this source address was sent here: the kernel lets nobody else in under an own address. */
    boolean owns(InetAddress source) {
        return source.isLoopbackAddress() || addresses.contains(source);
    }
}
