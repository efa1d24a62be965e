package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.protocol.sdp.Rid;
import dev.foyer.protocol.sdp.RtpDescription;
import dev.foyer.protocol.sdp.Simulcast;
import dev.foyer.protocol.sdp.SsrcDescription;
import dev.foyer.protocol.sdp.SsrcGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The encodings that a section sends.
 *
 * @param rids of simulcast by rid in the order written, else empty
 * @param encodings lowest first, at least one; one that nothing names is known by its mid
 */
record SentEncodings(List<String> rids, List<RtpEncodingParameters> encodings) {
    private static final int MAX_BITRATE = 1_000_000_000;

    /**
     * @param ridAccepted whether packets will carry their rid: without it simulcast by rid cannot be told apart, and is
     *     not accepted
     */
    static SentEncodings of(RtpDescription rtp, boolean ridAccepted) {
        List<String> rids = ridAccepted ? simulcastRids(rtp) : List.of();
        // With a single rid there is nothing to choose, and its ssrc may not be told.
        if (!rids.isEmpty()) {
            Map<String, Rid> restrictions = new HashMap<>();
            rtp.rids().forEach(rid -> restrictions.put(rid.id(), rid));
            List<RtpEncodingParameters> encodings = SimulcastOrder.lowestFirst(rids, restrictions).stream()
                    .map(rid -> new RtpEncodingParameters(
                            null, rid, null, null, false, null, maxBitrate(restrictions.get(rid))))
                    .toList();
            return new SentEncodings(rids, encodings);
        }
        return new SentEncodings(List.of(), bySsrc(rtp));
    }

    /** The first alternative of each stream (RFC 8853 section 5.1); one that starts paused is accepted like the others. */
    private static List<String> simulcastRids(RtpDescription rtp) {
        Set<String> sent = new HashSet<>();
        rtp.rids().stream().filter(Rid::send).forEach(rid -> sent.add(rid.id()));
        Simulcast simulcast = rtp.simulcast();
        LinkedHashSet<String> rids = new LinkedHashSet<>();
        if (simulcast != null) {
            for (List<Simulcast.Alternative> stream : simulcast.send()) {
                String rid = stream.getFirst().rid();
                if (sent.contains(rid) && rid.length() <= Bounds.MAX_RID && rids.size() < Bounds.MAX_ENCODINGS) {
                    rids.add(rid);
                }
            }
        }
        return List.copyOf(rids);
    }

    private static @Nullable Integer maxBitrate(@Nullable Rid rid) {
        int bitrate = rid == null ? -1 : SimulcastOrder.number(rid, "max-br");
        return bitrate > 0 && bitrate <= MAX_BITRATE ? bitrate : null;
    }

    private static List<RtpEncodingParameters> bySsrc(RtpDescription rtp) {
        Map<Long, Long> rtx = new HashMap<>();
        Set<Long> secondary = new HashSet<>();
        List<Long> simulcast = List.of();
        for (SsrcGroup group : rtp.ssrcGroups()) {
            List<Long> ssrcs = group.ssrcs();
            if (group.semantics().equals("SIM")) {
                simulcast = ssrcs;
            } else if (ssrcs.size() == 2) {
                // FID, and FEC-FR, whose second ssrc must not be taken for a track either.
                secondary.add(ssrcs.get(1));
                if (group.semantics().equals("FID")) {
                    rtx.putIfAbsent(ssrcs.get(0), ssrcs.get(1));
                }
            }
        }
        List<RtpEncodingParameters> encodings = new ArrayList<>();
        Set<Long> used = new HashSet<>();
        for (long ssrc : simulcast.isEmpty() ? first(rtp, secondary) : simulcast) {
            if (ssrc > 0 && encodings.size() < Bounds.MAX_ENCODINGS && used.add(ssrc)) {
                Long repair = rtx.get(ssrc);
                RtpEncodingParameters.Rtx repaired =
                        repair != null && repair > 0 && used.add(repair) ? new RtpEncodingParameters.Rtx(repair) : null;
                encodings.add(new RtpEncodingParameters(ssrc, null, null, repaired, false, null, null));
            }
        }
        if (encodings.isEmpty()) {
            encodings.add(new RtpEncodingParameters(null, null, null, null, false, null, null));
        }
        return encodings;
    }

    /** A section of Unified Plan has one track: sources beyond the first would be another plan's. */
    private static List<Long> first(RtpDescription rtp, Set<Long> secondary) {
        return rtp.ssrcs().stream()
                .map(SsrcDescription::ssrc)
                .filter(ssrc -> !secondary.contains(ssrc))
                .limit(1)
                .toList();
    }
}
