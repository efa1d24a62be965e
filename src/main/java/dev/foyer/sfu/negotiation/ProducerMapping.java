package dev.foyer.sfu.negotiation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a producer's packets are renamed on their way into the router, so that all of its consumers speak of the
 * router's payload types, extension ids and ssrcs and not of one browser's.
 *
 * @param payloadTypes the producer's payload types, media and RTX, to the router's
 * @param headerExtensionIds the producer's header extension ids to the router's; extensions that the router does not
 *     know are left out
 * @param encodings in the order of the producer's encodings
 */
public record ProducerMapping(
        Map<Integer, Integer> payloadTypes, Map<Integer, Integer> headerExtensionIds, List<Encoding> encodings) {
    public ProducerMapping {
        payloadTypes = Map.copyOf(payloadTypes);
        headerExtensionIds = Map.copyOf(headerExtensionIds);
        encodings = List.copyOf(encodings);
    }

    /**
     * One encoding and the ssrc by which the router knows it.
     *
     * @param ssrc the producer's, 32 bits unsigned, or null until a packet with the rid or mid shows it
     * @param rid the producer's, or null
     * @param scalabilityMode as the producer told it, or null
     * @param mappedSsrc the router's, 32 bits unsigned
     */
    public record Encoding(
            @Nullable Long ssrc,
            @Nullable String rid,
            @Nullable String scalabilityMode,
            long mappedSsrc) {}
}
