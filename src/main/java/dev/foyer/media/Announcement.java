package dev.foyer.media;

import java.util.List;
import java.util.Map;

/** Which addresses clients are told to send media to. */
public sealed interface Announcement {
    /** This machine's own: those that the sockets are bound to. */
    record Own() implements Announcement {}

    /**
     * These in place of this machine's own, the preferred one first.
     *
     * @param addresses IP addresses as text, at least one
     */
    record Instead(List<String> addresses) implements Announcement {
        public Instead {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * This machine's own, but those that are named here by the address under which others reach them (1:1 NAT).
     *
     * @param publicByLocal IP addresses as {@link java.net.InetAddress#getHostAddress} writes them
     */
    record Mapped(Map<String, String> publicByLocal) implements Announcement {
        public Mapped {
            publicByLocal = Map.copyOf(publicByLocal);
        }
    }

    /**
     * To be found out before the media plane starts, which does not know how.
     *
     * @param stunServers {@code host:port} of servers to ask
     */
    record Discovered(List<String> stunServers) implements Announcement {
        public Discovered {
            stunServers = List.copyOf(stunServers);
        }
    }
}
