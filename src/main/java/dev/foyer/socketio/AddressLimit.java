package dev.foyer.socketio;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** Counts open connections by address. An IPv6 host has a whole /64 to itself, so that counts as one address. */
final class AddressLimit {
    private static final int IPV6_PREFIX_BYTES = 8;

    private final int limit;
    private final ConcurrentHashMap<ByteBuffer, Integer> open = new ConcurrentHashMap<>();

    /** Allows so many connections; any number when 0. */
    AddressLimit(int limit) {
        this.limit = limit;
    }

    /** Counts a connection, unless its address has too many. */
    boolean enter(InetSocketAddress address) {
        if (limit == 0) {
            return true;
        }
        boolean[] entered = new boolean[1];
        open.compute(key(address), (_, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < limit;
            return entered[0] ? before + 1 : count;
        });
        return entered[0];
    }

    /** Takes back what {@link #enter} counted. */
    void leave(InetSocketAddress address) {
        if (limit > 0) {
            open.computeIfPresent(key(address), (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    private static ByteBuffer key(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return ByteBuffer.allocate(0);
        }
        byte[] bytes = ip.getAddress();
        return ByteBuffer.wrap(ip instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_PREFIX_BYTES) : bytes);
    }
}
