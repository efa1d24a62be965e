package dev.foyer.media;

import dev.foyer.sfu.RouterLimits;
import java.util.List;

/**
 * How the media plane listens and what it allows.
 *
 * @param listenIps addresses to bind, at least one; {@code 0.0.0.0} or {@code ::} for all
 * @param announcement which addresses clients are told
 * @param minPort first port to try, 1 to 65535
 * @param maxPort last port to try, at least {@code minPort}; each worker takes one port, for UDP and TCP
 * @param tcp whether media is also taken over TCP, for clients whose UDP is blocked
 * @param workers how many SFU verticles run, at least 1
 * @param loopbackCandidates whether loopback addresses are told to clients when all addresses are bound: in
 *     development, when the browser is on the same machine
 * @param ownMachineOnly whether datagrams from other machines are dropped unread, whatever addresses are bound
 * @param socketBufferBytes wanted size of each socket's receive and send buffer
 * @param limits what one session may hold
 */
public record MediaSettings(
        List<String> listenIps,
        Announcement announcement,
        int minPort,
        int maxPort,
        boolean tcp,
        int workers,
        boolean loopbackCandidates,
        boolean ownMachineOnly,
        int socketBufferBytes,
        RouterLimits limits) {

    /** Default first port. */
    public static final int DEFAULT_MIN_PORT = 40_000;

    /** Default last port. */
    public static final int DEFAULT_MAX_PORT = 40_100;

    /** Default socket buffers: a quarter of a second at 130 Mbit/s. */
    public static final int DEFAULT_SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

    public MediaSettings {
        listenIps = List.copyOf(listenIps);
        if (listenIps.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        if (minPort < 1 || maxPort > 65_535 || maxPort < minPort) {
            throw new IllegalArgumentException("UDP ports " + minPort + " to " + maxPort);
        }
        if (workers < 1) {
            throw new IllegalArgumentException("workers " + workers);
        }
    }

    /** The same with another announcement. */
    public MediaSettings announcing(Announcement other) {
        return new MediaSettings(
                listenIps,
                other,
                minPort,
                maxPort,
                tcp,
                workers,
                loopbackCandidates,
                ownMachineOnly,
                socketBufferBytes,
                limits);
    }

    /** Settings for a server on this machine's loopback only, for development and tests. */
    public static MediaSettings loopback(int workers) {
        return new MediaSettings(
                List.of("127.0.0.1"),
                new Announcement.Own(),
                DEFAULT_MIN_PORT,
                DEFAULT_MAX_PORT,
                true,
                workers,
                true,
                true,
                DEFAULT_SOCKET_BUFFER_BYTES,
                RouterLimits.DEFAULT);
    }
}
