package dev.foyer.media;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TCP connections that have not yet shown an authentic connectivity check, oldest first: bounded in number, in number
 * for each address, and in time. A connection costs its peer nothing; a check takes a password from signaling.
 *
 * <p>Beyond the bound of an address the newest is turned away, so that an address harms nobody but itself. Beyond the
 * bound of all the oldest makes room: an honest client needs a round trip, who holds on longer is the likelier flood.
 *
 * @param <C> a connection, compared by identity or its own equality
 */
final class UnprovenConnections<C> {
    private final int most;
    private final int mostOfAddress;
    private final long patienceNanos;
    private final LinkedHashMap<C, Waiting> waiting = new LinkedHashMap<>();
    private final Map<InetAddress, Integer> ofAddress = new HashMap<>();

    /** @param patienceNanos how long one may take to prove itself */
    UnprovenConnections(int most, int mostOfAddress, long patienceNanos) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
        this.patienceNanos = patienceNanos;
    }

    /** Takes a new connection; false if its address has too many. */
    boolean add(C connection, InetAddress address, long nowNanos) {
        int before = ofAddress.getOrDefault(address, 0);
        if (before >= mostOfAddress) {
            return false;
        }
        ofAddress.put(address, before + 1);
        waiting.put(connection, new Waiting(address, nowNanos + patienceNanos));
        return true;
    }

    /** Whether a connection is still among them. */
    boolean contains(C connection) {
        return waiting.containsKey(connection);
    }

    /** Forgets a connection: it has proved itself, or is closed. */
    void remove(C connection) {
        Waiting removed = waiting.remove(connection);
        if (removed != null) {
            release(removed.address);
        }
    }

    /** Forgets the oldest of too many, and returns it to be closed; null while they are not too many. */
    @Nullable
    C crowdedOut() {
        return waiting.size() > most ? removeFirst() : null;
    }

    /** Forgets those whose time is over, and returns them to be closed. */
    List<C> expired(long nowNanos) {
        List<C> expired = new ArrayList<>();
        while (!waiting.isEmpty() && nowNanos - waiting.firstEntry().getValue().deadlineNanos >= 0) {
            expired.add(removeFirst());
        }
        return expired;
    }

    int size() {
        return waiting.size();
    }

    /** Addresses that are remembered: those of the connections, no others. */
    int addresses() {
        return ofAddress.size();
    }

    private C removeFirst() {
        Iterator<Map.Entry<C, Waiting>> entries = waiting.entrySet().iterator();
        Map.Entry<C, Waiting> first = entries.next();
        entries.remove();
        release(first.getValue().address);
        return first.getKey();
    }

    private void release(InetAddress address) {
        ofAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    private record Waiting(InetAddress address, long deadlineNanos) {}
}
