package dev.foyer.socketio;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Connection state recovery.
 *
 * @param window how long a socket waits for its client's return; zero switches recovery off, and no {@code pid} is sent
 * @param maxPackets packets kept for one socket
 * @param maxBytes bytes kept for one socket
 * @param offsets which clients get the offset of each event as a last argument, as Socket.IO 4.6 does. Clients that hand
 *     arguments on in another shape when there is one more must be left out; they recover only when nothing was in
 *     flight when the transport was lost.
 */
public record RecoveryOptions(Duration window, int maxPackets, int maxBytes, Predicate<Handshake> offsets) {
    /** Two minutes, 1,000 packets, 512 KB. */
    public static RecoveryOptions defaults() {
        return new RecoveryOptions(Duration.ofMinutes(2), 1_000, 512_000, RecoveryOptions::takesOffsets);
    }

    /** No recovery: a lost transport is a disconnect. */
    public static RecoveryOptions off() {
        return new RecoveryOptions(Duration.ZERO, 1, 1, _ -> false);
    }

    public RecoveryOptions {
        if (window.isNegative() || maxPackets < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("recovery limits must be positive");
        }
    }

    /**
     * Whether a client is not known to choke on one more argument. The Dart client hands a handler a list instead of
     * its one argument, and the Python client calls a handler of one parameter with two.
     */
    public static boolean takesOffsets(Handshake handshake) {
        String agent = handshake.headers().getOrDefault("user-agent", "").toLowerCase(Locale.ROOT);
        return !agent.startsWith("dart/") && !agent.startsWith("python");
    }

    /** Whether sockets wait for their clients at all. */
    public boolean enabled() {
        return window.isPositive();
    }
}
