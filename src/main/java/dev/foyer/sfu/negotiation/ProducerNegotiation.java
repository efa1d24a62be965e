package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a client and a router agree on when the client produces.
 *
 * @param rtpParameters the client's parameters, checked and completed
 * @param mapping the client's numbers to the router's
 * @param consumable what consumers choose from: the router's payload types, extension ids and mapped ssrcs, one encoding
 *     for each of the client's, and the client's codec parameters
 * @param type how consumers choose among the layers
 */
public record ProducerNegotiation(
        RtpParameters rtpParameters, ProducerMapping mapping, RtpParameters consumable, ConsumerType type) {

    /**
     * Agrees on what a client wants to send.
     *
     * @param kind of the producer
     * @param wanted what the client sent, not yet checked
     * @param router the router's capabilities
     * @param cname the canonical name that all producers of a transport share, so that receivers play them in step
     *     (RFC 7022); null for the first one, which takes the client's or, where the client told none, a random one. It
     *     stands in {@code consumable().rtcp()}
     * @param random draws the mapped ssrcs; that they are new to the router is for the caller to see, as is drawing again
     * @throws NegotiationException when the parameters are invalid, or use a codec that the router does not have
     */
    public static ProducerNegotiation of(
            MediaKind kind,
            RtpParameters wanted,
            RtpCapabilities router,
            @Nullable String cname,
            RandomGenerator random)
            throws NegotiationException {
        RtpParameters parameters = ParametersValidator.validate(kind, wanted);
        CodecMapping codecs = CodecMapping.of(parameters.codecs(), router.codecs());
        List<ProducerMapping.Encoding> encodings = new ArrayList<>();
        long mappedSsrc = Ssrcs.draw(random);
        for (RtpEncodingParameters encoding : parameters.encodings()) {
            encodings.add(new ProducerMapping.Encoding(
                    encoding.ssrc(), encoding.rid(), encoding.scalabilityMode(), mappedSsrc++));
        }
        ProducerMapping mapping = new ProducerMapping(
                codecs.payloadTypes(), extensionIds(kind, parameters.headerExtensions(), router), encodings);
        RtpParameters consumable = ConsumableParameters.of(
                kind,
                parameters,
                router,
                codecs.consumable(router.codecs()),
                encodings,
                cname == null ? cname(parameters, random) : cname);
        return new ProducerNegotiation(parameters, mapping, consumable, ConsumerTypes.of(consumable));
    }

    /** Browsers write no ssrc lines, and so no cname, for simulcast by rid. */
    private static String cname(RtpParameters parameters, RandomGenerator random) {
        String told = parameters.rtcp().cname();
        return told == null || told.isBlank() ? HexFormat.of().toHexDigits(random.nextLong()) : told;
    }

    private static Map<Integer, Integer> extensionIds(
            MediaKind kind, List<RtpHeaderExtensionParameters> extensions, RtpCapabilities router) {
        Map<Integer, Integer> ids = new HashMap<>();
        for (RtpHeaderExtensionParameters extension : extensions) {
            for (RtpHeaderExtension known : router.headerExtensions()) {
                if (known.kind() == kind && known.uri().equals(extension.uri())) {
                    ids.put(extension.id(), known.preferredId());
                }
            }
        }
        return ids;
    }
}
