package dev.foyer.sfu.negotiation;

import dev.foyer.protocol.sdp.HeaderExtension;
import dev.foyer.protocol.sdp.MediaDescription;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which header extension ids mean one thing throughout a bundle.
 *
 * <p>Within a bundle an id must name one URI (RFC 9143 section 9.3 with RFC 8285 section 5). aiortc numbers each
 * section by itself and then, accepted, reads the one extension as the other: such an id is accepted for neither. The
 * extensions by which a packet's section and encoding are found must also have one id for all sections, since they
 * are read before the section is known; the first section's holds.
 */
final class BundleExtensions {
    private static final Set<String> FINDING_STREAMS = Set.of(
            RouterHeaderExtension.MID.uri(),
            RouterHeaderExtension.RTP_STREAM_ID.uri(),
            RouterHeaderExtension.REPAIRED_RTP_STREAM_ID.uri());
    private static final int MAX_ONE_BYTE_ID = 14;
    /** Reserved in the one-byte form; nobody should use it in the other. */
    private static final int RESERVED_ID = 15;

    private static final int MAX_ID = 255;

    private final Map<Integer, String> uris = new HashMap<>();
    private final Map<String, Integer> findingIds = new HashMap<>();
    private final Set<Integer> ambiguous = new HashSet<>();

    private BundleExtensions() {}

    static BundleExtensions of(List<MediaDescription> sections) {
        BundleExtensions extensions = new BundleExtensions();
        for (MediaDescription section : sections) {
            if (!section.rejected()) {
                section.rtp().headerExtensions().forEach(extensions::add);
            }
        }
        for (MediaDescription section : sections) {
            if (!section.rejected()) {
                section.rtp().headerExtensions().forEach(extensions::find);
            }
        }
        return extensions;
    }

    private void add(HeaderExtension extension) {
        String known = uris.putIfAbsent(extension.id(), extension.uri());
        if (known != null && !known.equals(extension.uri())) {
            ambiguous.add(extension.id());
        }
    }

    private void find(HeaderExtension extension) {
        if (FINDING_STREAMS.contains(extension.uri()) && !ambiguous.contains(extension.id())) {
            findingIds.putIfAbsent(extension.uri(), extension.id());
        }
    }

    /**
     * Whether an extension can be accepted under its id.
     *
     * @param twoByteForm whether ids beyond those of the one-byte form may be used (RFC 8285 section 4.1.2)
     */
    boolean usable(HeaderExtension extension, boolean twoByteForm) {
        int id = extension.id();
        Integer finding = findingIds.get(extension.uri());
        return !ambiguous.contains(id)
                && (id <= MAX_ONE_BYTE_ID || (twoByteForm && id != RESERVED_ID && id <= MAX_ID))
                && (finding == null || finding == id);
    }
}
