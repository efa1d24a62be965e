package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpHeaderExtension;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Payload types and extension ids of a section that the server adds to a bundle: the router's own, unless other
 * sections of the bundle have numbered the same thing otherwise or use the number for something else.
 */
public final class SectionNumbers {
    private static final int FIRST_DYNAMIC = 96;
    private static final int LAST_PAYLOAD_TYPE = 127;
    /** Below 64 to 95, which would look like RTCP on a shared port (RFC 5761 section 4). */
    private static final int FIRST_OVERFLOW = 35;

    private static final int LAST_OVERFLOW = 63;
    private static final int MAX_ONE_BYTE_ID = 14;

    private final Collection<RtpCapabilities> inUse;
    private final Set<Integer> payloadTypes = new HashSet<>();
    private final Set<Integer> reserved = new HashSet<>();
    private final Map<Integer, String> extensions = new HashMap<>();

    private SectionNumbers(Collection<RtpCapabilities> inUse, RtpCapabilities router) {
        this.inUse = inUse;
        for (RtpCapabilities section : inUse) {
            section.codecs().forEach(codec -> payloadTypes.add(SectionCodecs.payloadType(codec)));
            section.headerExtensions().forEach(each -> extensions.putIfAbsent(each.preferredId(), each.uri()));
        }
        // A number that the router uses for something else is taken only when all others are.
        router.codecs().forEach(codec -> reserved.add(SectionCodecs.payloadType(codec)));
    }

    /**
     * What a new section of a kind offers: all of the router's media codecs but RED, each with RTX where the router has
     * it, and all header extensions.
     *
     * @param router the router's capabilities
     * @param inUse those of the bundle's other sections, in their order
     */
    public static RtpCapabilities fresh(MediaKind kind, RtpCapabilities router, Collection<RtpCapabilities> inUse) {
        SectionNumbers numbers = new SectionNumbers(inUse, router);
        List<RtpCodecCapability> codecs = new ArrayList<>();
        for (RtpCodecCapability codec : router.codecs()) {
            if (codec.kind() == kind && !Codec.isRtx(codec.mimeType()) && !Red.is(codec.mimeType())) {
                numbers.add(codec, SectionCodecs.rtxFor(codec, router.codecs()), codecs);
            }
        }
        List<RtpHeaderExtension> extensions = new ArrayList<>();
        for (RtpHeaderExtension extension : router.headerExtensions()) {
            if (extension.kind() == kind) {
                numbers.add(extension, extensions);
            }
        }
        return new RtpCapabilities(codecs, extensions);
    }

    private void add(RtpCodecCapability codec, @Nullable RtpCodecCapability rtx, List<RtpCodecCapability> codecs) {
        RtpCodecCapability knownRtx = null;
        Integer payloadType = null;
        for (RtpCapabilities section : inUse) {
            for (RtpCodecCapability known : section.codecs()) {
                if (payloadType == null && Codec.of(known).matches(Codec.of(codec))) {
                    payloadType = known.preferredPayloadType();
                    knownRtx = SectionCodecs.rtxFor(known, section.codecs());
                }
            }
        }
        if (payloadType == null) {
            payloadType = payloadType(SectionCodecs.payloadType(codec));
        }
        if (payloadType == null) {
            return;
        }
        codecs.add(numbered(codec, payloadType, wanted(codec)));
        Integer rtxPayloadType = rtx == null
                ? null
                : knownRtx == null ? payloadType(SectionCodecs.payloadType(rtx)) : knownRtx.preferredPayloadType();
        if (rtx != null && rtxPayloadType != null) {
            Map<String, Object> parameters = new TreeMap<>(rtx.parameters());
            parameters.put(FormatParameters.APT, payloadType);
            codecs.add(numbered(rtx, rtxPayloadType, parameters));
        }
    }

    /** A client corrects its own loss in Opus only when asked (RFC 7587 section 6.1); the router's codec is silent. */
    private static Map<String, Object> wanted(RtpCodecCapability codec) {
        return Red.isOpus(codec.mimeType()) && codec.parameters().isEmpty()
                ? Map.of("minptime", 10, "useinbandfec", 1)
                : codec.parameters();
    }

    private static RtpCodecCapability numbered(
            RtpCodecCapability codec, int payloadType, Map<String, Object> parameters) {
        return new RtpCodecCapability(
                codec.kind(),
                codec.mimeType(),
                payloadType,
                codec.clockRate(),
                codec.channels(),
                parameters,
                codec.rtcpFeedback());
    }

    /** The wanted number, else a free one; null when all are taken. */
    private @Nullable Integer payloadType(int wanted) {
        if (payloadTypes.add(wanted)) {
            return wanted;
        }
        for (int payloadType = FIRST_DYNAMIC; payloadType <= LAST_PAYLOAD_TYPE; payloadType++) {
            if (!reserved.contains(payloadType) && payloadTypes.add(payloadType)) {
                return payloadType;
            }
        }
        for (int payloadType = FIRST_OVERFLOW; payloadType <= LAST_OVERFLOW; payloadType++) {
            if (payloadTypes.add(payloadType)) {
                return payloadType;
            }
        }
        return null;
    }

    private void add(RtpHeaderExtension extension, List<RtpHeaderExtension> added) {
        int id = id(extension);
        if (id > 0) {
            extensions.put(id, extension.uri());
            added.add(new RtpHeaderExtension(
                    extension.kind(), extension.uri(), id, extension.preferredEncrypt(), extension.direction()));
        }
    }

    private int id(RtpHeaderExtension extension) {
        for (Map.Entry<Integer, String> known : extensions.entrySet()) {
            if (known.getValue().equals(extension.uri())) {
                return known.getKey();
            }
        }
        if (!extensions.containsKey(extension.preferredId())) {
            return extension.preferredId();
        }
        for (int id = 1; id <= MAX_ONE_BYTE_ID; id++) {
            if (!extensions.containsKey(id)) {
                return id;
            }
        }
        return 0;
    }
}
