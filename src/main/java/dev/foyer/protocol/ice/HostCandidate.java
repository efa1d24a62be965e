package dev.foyer.protocol.ice;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A candidate of the server: as a lite agent it has host candidates only (RFC 8445 section 5.2).
 *
 * @param foundation equal for candidates of one protocol and address
 * @param priority 32 bits unsigned
 * @param address an IP address as text
 * @param port 1 to 65,535
 * @param protocol TCP means passive (RFC 6544)
 */
public record HostCandidate(String foundation, long priority, String address, int port, TransportProtocol protocol) {
    private static final int HOST_TYPE_PREFERENCE = 126;
    private static final int COMPONENT_RTP = 1;
    private static final int TCP_PASSIVE_DIRECTION_PREFERENCE = 4;

    /**
     * Computes priority and foundation.
     *
     * @param address an IP address as text
     * @param rank 0 for the address to be preferred, then 1, 2, ... up to 8,191
     */
    public static HostCandidate of(TransportProtocol protocol, String address, int port, int rank) {
        if (rank < 0 || rank > 8191) {
            throw new IllegalArgumentException("rank " + rank);
        }
        return new HostCandidate(
                foundation(protocol, address), priority(localPreference(protocol, rank)), address, port, protocol);
    }

    /**
     * RFC 8445 section 5.1.2.1 for a host candidate of the only component.
     *
     * @param localPreference 0 to 65,535
     */
    static long priority(int localPreference) {
        return ((long) HOST_TYPE_PREFERENCE << 24) + ((long) localPreference << 8) + (256 - COMPONENT_RTP);
    }

    /** UDP counts down from the top; TCP, which so ends up below it, has its direction in the upper three bits (RFC 6544 section 4.2). */
    private static int localPreference(TransportProtocol protocol, int rank) {
        return switch (protocol) {
            case UDP -> 65_535 - rank;
            case TCP -> (TCP_PASSIVE_DIRECTION_PREFERENCE << 13) + 8191 - rank;
        };
    }

    private static String foundation(TransportProtocol protocol, String address) {
        CRC32 crc = new CRC32();
        crc.update(("host " + protocol + ' ' + address.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.US_ASCII));
        return Long.toString(crc.getValue());
    }
}
