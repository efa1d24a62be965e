package dev.foyer.sfu;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.sfu.negotiation.NegotiationException;
import dev.foyer.sfu.negotiation.ProducerNegotiation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which producers of a connection begin, stay and end in one step. All that could be refused is refused before anything
 * changes, so that a step is taken whole or not at all.
 */
final class TrackChanges {
    private final RouterContents contents;
    private final RtpSession session;
    private final IdentityHashMap<RtpParameters, ProducerNegotiation> beginning = new IdentityHashMap<>();

    private TrackChanges(RouterContents contents, RtpSession session) {
        this.contents = contents;
        this.session = session;
    }

    /**
     * A track that will be received.
     *
     * @param section where it is received by now, or null for a new section
     */
    record Track(@Nullable MediaSection section, MediaKind kind, RtpParameters sent) {}

    /**
     * Checks and negotiates.
     *
     * @param tracks all that will be received on the connection; those of today that are not in it end
     * @param cname for the producers when the session's have none yet and the client tells none
     * @throws RefusedException when a track contradicts itself or another one, or they are too many for the router
     */
    static TrackChanges to(
            List<Track> tracks,
            RouterContents contents,
            RtpSession session,
            RtpCapabilities router,
            String cname,
            RandomGenerator random) {
        TrackChanges changes = new TrackChanges(contents, session);
        contents.checkProducers(tracks.size() - session.producers().size());
        Set<Producer> staying = new HashSet<>();
        List<Track> fresh = new ArrayList<>();
        for (Track track : tracks) {
            MediaSection section = track.section();
            Producer kept = section == null ? null : changes.kept(section, track.sent());
            if (kept == null) {
                fresh.add(track);
            } else {
                staying.add(kept);
            }
        }
        changes.checkSsrcs(fresh, staying);
        String common = changes.cname(tracks, cname);
        try {
            for (Track track : fresh) {
                changes.beginning.put(
                        track.sent(), ProducerNegotiation.of(track.kind(), track.sent(), router, common, random));
            }
        } catch (NegotiationException e) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, String.valueOf(e.getMessage()));
        }
        return changes;
    }

    private @Nullable Producer kept(MediaSection section, RtpParameters sent) {
        Producer producer = section.producer();
        return producer != null && contents.producer(producer.id()) == producer && sent.equals(section.producing())
                ? producer
                : null;
    }

    private void checkSsrcs(List<Track> fresh, Set<Producer> staying) {
        Set<Long> seen = new HashSet<>();
        for (Track track : fresh) {
            for (RtpEncodingParameters encoding : track.sent().encodings()) {
                RtpEncodingParameters.Rtx rtx = encoding.rtx();
                checkSsrc(encoding.ssrc(), seen, staying);
                checkSsrc(rtx == null ? null : (Long) rtx.ssrc(), seen, staying);
            }
        }
    }

    private void checkSsrc(@Nullable Long ssrc, Set<Long> seen, Set<Producer> staying) {
        if (ssrc == null) {
            return;
        }
        Producer owner = session.receiverOf(ssrc);
        if (!seen.add(ssrc) || (owner != null && staying.contains(owner))) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "An ssrc is in use already");
        }
    }

    /** One name for all tracks of a client, so that receivers play them in step; simulcast by rid tells none. */
    private String cname(List<Track> tracks, String otherwise) {
        String known = session.producerCname();
        for (Track track : tracks) {
            String told = track.sent().rtcp().cname();
            if (known == null && told != null && !told.isBlank()) {
                known = told;
            }
        }
        return known == null ? otherwise : known;
    }

    /**
     * Does it.
     *
     * @param receive whether tracks are received at all
     * @param audioLevels hears new producers
     */
    void apply(List<MediaSection> sections, boolean receive, SfuEnvironment environment, AudioLevels audioLevels) {
        Set<MediaSection> paused = new HashSet<>();
        for (MediaSection section : sections) {
            RtpParameters sent = receive ? section.received() : null;
            Producer producer = section.producer();
            if (producer != null && (sent == null || kept(section, sent) == null)) {
                if (producer.paused()) {
                    paused.add(section);
                }
                end(section, producer);
            }
        }
        for (MediaSection section : sections) {
            RtpParameters sent = receive ? section.received() : null;
            ProducerNegotiation negotiated = sent == null ? null : beginning.get(sent);
            MediaKind kind = section.kind();
            if (sent != null && negotiated != null && kind != null) {
                Producer producer =
                        new Producer(environment, session, kind, negotiated, paused.contains(section), audioLevels);
                contents.add(producer);
                section.produce(producer, sent);
            }
        }
    }

    private void end(MediaSection section, Producer producer) {
        section.produce(null, null);
        if (contents.producer(producer.id()) == producer) {
            contents.remove(producer);
        }
    }
}
