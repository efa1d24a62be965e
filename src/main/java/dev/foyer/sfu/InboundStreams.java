package dev.foyer.sfu;

import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.HeaderExtensionReader;
import dev.foyer.protocol.rtp.RtpHeaderExtensionUri;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the producer's stream that a packet belongs to: by its ssrc when that is known, else by the MID and RID header
 * extensions (RFC 9143 section 9.2, RFC 8852), after which the ssrc is known.
 */
@HotPath
final class InboundStreams {
    /** A sender may begin a stream anew with another ssrc, but not with every packet. */
    private static final long REBEGIN_NANOS = 1_000_000_000L;

    private final SfuEnvironment environment;
    private final RtpSessionOutput output;
    private final SsrcTable<Entry> bySsrc = new SsrcTable<>();
    private final List<Producer> producers = new ArrayList<>();
    private int midId;
    private int ridId;
    private int repairedRidId;

    InboundStreams(SfuEnvironment environment, RtpSessionOutput output) {
        this.environment = environment;
        this.output = output;
    }

    /**
     * A stream by one of its ssrcs.
     *
     * @param retransmission whether the ssrc is that of the stream's RTX
     */
    record Entry(ProducerStream stream, boolean retransmission) {}

    /**
     * Adds a producer and the ssrcs that its parameters tell.
     *
     * @throws RefusedException when its ssrcs or its MID are another's already
     */
    void add(Producer producer) {
        RtpParameters parameters = producer.rtpParameters();
        String mid = parameters.mid();
        Set<Long> ssrcs = new HashSet<>();
        for (RtpEncodingParameters encoding : parameters.encodings()) {
            Long ssrc = encoding.ssrc();
            RtpEncodingParameters.Rtx rtx = encoding.rtx();
            if ((ssrc != null && (bySsrc.get(ssrc) != null || !ssrcs.add(ssrc)))
                    || (rtx != null && (bySsrc.get(rtx.ssrc()) != null || !ssrcs.add(rtx.ssrc())))) {
                throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "An ssrc is in use already");
            }
        }
        for (Producer other : producers) {
            if (mid != null && mid.equals(other.rtpParameters().mid())) {
                throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "The mid is in use already");
            }
        }
        producers.add(producer);
        readExtensionIds(parameters.headerExtensions());
        for (int i = 0; i < parameters.encodings().size(); i++) {
            RtpEncodingParameters encoding = parameters.encodings().get(i);
            ProducerStream stream = producer.streams()[i];
            Long ssrc = encoding.ssrc();
            RtpEncodingParameters.Rtx rtx = encoding.rtx();
            if (ssrc != null) {
                begin(stream, ssrc);
            }
            if (rtx != null) {
                beginRetransmission(stream, rtx.ssrc());
            }
        }
    }

    /** All producers of a client number header extensions alike, since they share its transport (RFC 8843). */
    private void readExtensionIds(List<RtpHeaderExtensionParameters> extensions) {
        for (RtpHeaderExtensionParameters extension : extensions) {
            switch (extension.uri()) {
                case RtpHeaderExtensionUri.MID -> midId = extension.id();
                case RtpHeaderExtensionUri.RID -> ridId = extension.id();
                case RtpHeaderExtensionUri.REPAIRED_RID -> repairedRidId = extension.id();
                default -> {}
            }
        }
    }

    void remove(Producer producer) {
        producers.remove(producer);
        for (ProducerStream stream : producer.streams()) {
            forget(stream.ssrc());
            forget(stream.rtxSsrc());
        }
    }

    /** The stream of a packet, or null when it belongs to none. */
    @Nullable
    Entry find(RtpPacket packet) {
        Entry entry = bySsrc.get(packet.ssrc());
        return entry != null ? entry : resolve(packet);
    }

    /** The stream with a media ssrc, or null. */
    @Nullable
    ProducerStream bySsrc(long ssrc) {
        Entry entry = bySsrc.get(ssrc);
        return entry == null || entry.retransmission() ? null : entry.stream();
    }

    /** The producer that an ssrc belongs to by now, told or learned, media or retransmission; or null. */
    @Nullable
    Producer producerOf(long ssrc) {
        Entry entry = bySsrc.get(ssrc);
        return entry == null ? null : entry.stream().producer();
    }

    private @Nullable Entry resolve(RtpPacket packet) {
        String mid = text(packet, midId);
        String repairedRid = text(packet, repairedRidId);
        String rid = repairedRid != null ? repairedRid : text(packet, ridId);
        Producer producer = mid != null ? byMid(mid) : rid != null ? byRid(rid) : null;
        ProducerStream stream = producer == null ? null : streamOf(producer, rid);
        if (producer == null || stream == null) {
            return null;
        }
        boolean retransmission = producer.isRetransmission(packet.payloadType());
        boolean media = producer.isMedia(packet.payloadType()) && repairedRid == null;
        if ((!retransmission && !media) || !stream.mayBegin(environment.now(), REBEGIN_NANOS)) {
            return null;
        }
        return retransmission ? beginRetransmission(stream, packet.ssrc()) : begin(stream, packet.ssrc());
    }

    private static @Nullable ProducerStream streamOf(Producer producer, @Nullable String rid) {
        ProducerStream[] streams = producer.streams();
        if (streams.length == 1 && (rid == null || streams[0].encoding().rid() == null)) {
            return streams[0];
        }
        for (ProducerStream stream : streams) {
            if (rid != null && rid.equals(stream.encoding().rid())) {
                return stream;
            }
        }
        return null;
    }

    private @Nullable Producer byMid(String mid) {
        for (Producer producer : producers) {
            if (mid.equals(producer.rtpParameters().mid())) {
                return producer;
            }
        }
        return null;
    }

    /** The only producer that has an encoding with this RID. */
    private @Nullable Producer byRid(String rid) {
        Producer found = null;
        for (Producer producer : producers) {
            if (producer.hasRid(rid)) {
                if (found != null) {
                    return null;
                }
                found = producer;
            }
        }
        return found;
    }

    private Entry begin(ProducerStream stream, long ssrc) {
        forget(stream.ssrc());
        stream.begin(ssrc);
        Entry entry = new Entry(stream, false);
        bySsrc.put(ssrc, entry);
        return entry;
    }

    private Entry beginRetransmission(ProducerStream stream, long ssrc) {
        forget(stream.rtxSsrc());
        stream.rtxSsrc(ssrc);
        Entry entry = new Entry(stream, true);
        bySsrc.put(ssrc, entry);
        return entry;
    }

    private void forget(long ssrc) {
        if (ssrc != ProducerStream.NO_SSRC) {
            bySsrc.remove(ssrc);
            output.releaseReceiveSsrc(ssrc);
        }
    }

    private static @Nullable String text(RtpPacket packet, int id) {
        if (id == 0) {
            return null;
        }
        HeaderExtensionReader extensions = packet.extensions();
        return extensions.find(id) && extensions.length() > 0 ? extensions.text() : null;
    }
}
