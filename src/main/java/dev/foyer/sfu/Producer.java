package dev.foyer.sfu;

import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.HeaderExtensionReader;
import dev.foyer.protocol.rtp.RtpHeaderExtensionUri;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.sfu.negotiation.ProducerNegotiation;
import dev.foyer.sfu.negotiation.ScalabilityMode;
import dev.foyer.sfu.stream.RtpStreamReceiver;
import dev.foyer.sfu.stream.RtpStreamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client's track as it arrives: takes its packets and hands them to the consumers. */
@HotPath
final class Producer {
    private static final int PAYLOAD_TYPES = 128;
    private static final byte MEDIA = 1;
    private static final byte RETRANSMISSION = 2;

    private final String id;
    private final SfuEnvironment environment;
    private final RtpSession session;
    private final MediaKind kind;
    private final ProducerNegotiation negotiated;
    private final ProducerStream[] streams;
    private final List<Consumer> consumers = new ArrayList<>();
    private final byte[] payloadTypeRoles = new byte[PAYLOAD_TYPES];
    private final AudioLevels audioLevels;
    private final AudioLevels.Meter meter;
    private final int audioLevelId;
    private boolean paused;

    Producer(
            SfuEnvironment environment,
            RtpSession session,
            MediaKind kind,
            ProducerNegotiation negotiated,
            boolean paused,
            AudioLevels audioLevels) {
        this.id = environment.newId();
        this.environment = environment;
        this.session = session;
        this.kind = kind;
        this.negotiated = negotiated;
        this.paused = paused;
        this.audioLevels = audioLevels;
        this.meter = audioLevels.open(id);
        for (RtpCodecParameters codec : negotiated.rtpParameters().codecs()) {
            payloadTypeRoles[codec.payloadType()] = isRtx(codec) ? RETRANSMISSION : MEDIA;
        }
        audioLevelId = extensionId(RtpHeaderExtensionUri.SSRC_AUDIO_LEVEL);
        streams = new ProducerStream[negotiated.rtpParameters().encodings().size()];
        for (int i = 0; i < streams.length; i++) {
            streams[i] =
                    new ProducerStream(this, i, negotiated.mapping().encodings().get(i), streamSettings(i));
        }
    }

    private RtpStreamSettings streamSettings(int encodingIndex) {
        RtpParameters parameters = negotiated.rtpParameters();
        RtpEncodingParameters encoding = parameters.encodings().get(encodingIndex);
        RtpCodecParameters codec = parameters.codecs().getFirst();
        for (RtpCodecParameters candidate : parameters.codecs()) {
            Integer chosen = encoding.codecPayloadType();
            if (chosen != null && candidate.payloadType() == chosen) {
                codec = candidate;
            }
        }
        return new RtpStreamSettings(
                0,
                codec.payloadType(),
                codec.mimeType(),
                codec.clockRate(),
                codec.rtcpFeedback().contains(new RtcpFeedback("nack", "")),
                extensionId(RtpHeaderExtensionUri.DEPENDENCY_DESCRIPTOR));
    }

    private static boolean isRtx(RtpCodecParameters codec) {
        return codec.mimeType().toLowerCase(Locale.ROOT).endsWith("/rtx");
    }

    private int extensionId(String uri) {
        for (RtpHeaderExtensionParameters extension : rtpParameters().headerExtensions()) {
            if (extension.uri().equals(uri)) {
                return extension.id();
            }
        }
        return 0;
    }

    String id() {
        return id;
    }

    /** The session that it arrives on. */
    RtpSession session() {
        return session;
    }

    MediaKind kind() {
        return kind;
    }

    ConsumerType type() {
        return negotiated.type();
    }

    boolean paused() {
        return paused;
    }

    /** How the client sends. */
    RtpParameters rtpParameters() {
        return negotiated.rtpParameters();
    }

    /** What consumers choose from. */
    RtpParameters consumable() {
        return negotiated.consumable();
    }

    ProducerNegotiation negotiated() {
        return negotiated;
    }

    /** The encodings, lowest layer first. */
    ProducerStream[] streams() {
        return streams;
    }

    boolean hasRid(String rid) {
        for (ProducerStream stream : streams) {
            if (rid.equals(stream.encoding().rid())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client's payload type is one of this producer's media codecs. */
    boolean isMedia(int payloadType) {
        return payloadTypeRoles[payloadType] == MEDIA;
    }

    /** Whether the client's payload type is that of this producer's retransmissions. */
    boolean isRetransmission(int payloadType) {
        return payloadTypeRoles[payloadType] == RETRANSMISSION;
    }

    /** Takes a packet of one of the streams, or of its retransmissions. */
    void receive(ProducerStream stream, boolean retransmission, RtpPacket packet, long nowNanos) {
        RtpStreamReceiver receiver = stream.receiver();
        if (receiver == null
                || (retransmission ? !isRetransmission(packet.payloadType()) : !isMedia(packet.payloadType()))) {
            environment.counters.rtpUnknownSsrc++;
            return;
        }
        environment.counters.rtpReceived++;
        RtpStreamReceiver.Outcome outcome =
                retransmission ? receiver.recover(packet, nowNanos) : receiver.receive(packet, nowNanos);
        if (!outcome.isForwarded() || paused) {
            return;
        }
        if (audioLevelId != 0) {
            measure(packet);
        }
        for (int i = 0; i < consumers.size(); i++) {
            consumers.get(i).forward(stream, receiver, packet, nowNanos);
        }
    }

    private void measure(RtpPacket packet) {
        HeaderExtensionReader extensions = packet.extensions();
        if (extensions.find(audioLevelId) && extensions.length() > 0) {
            meter.add(extensions.firstByte() & 0x7F);
        }
    }

    /** What has arrived on all its streams within the last second. */
    long bitrateBps(long nowNanos) {
        long sum = 0;
        for (ProducerStream stream : streams) {
            RtpStreamReceiver receiver = stream.receiver();
            sum += receiver == null ? 0 : receiver.bitrateBps(nowNanos);
        }
        return sum;
    }

    void pause(long nowNanos) {
        if (!paused) {
            paused = true;
            for (ProducerStream stream : streams) {
                RtpStreamReceiver receiver = stream.receiver();
                if (receiver != null) {
                    receiver.cancelKeyFrame();
                }
            }
            for (Consumer consumer : consumers()) {
                consumer.producerChanged(nowNanos);
            }
        }
    }

    void resume(long nowNanos) {
        if (paused) {
            paused = false;
            for (Consumer consumer : consumers()) {
                consumer.producerChanged(nowNanos);
            }
        }
    }

    /** Asks the client for a key frame of an encoding, throttled. */
    void requestKeyFrame(int layer, long nowNanos) {
        RtpStreamReceiver receiver = streams[layer].receiver();
        if (receiver != null) {
            receiver.requestKeyFrame(nowNanos);
            session.sendRequests(this, nowNanos);
        }
    }

    /** The same for a consumer that still waits: only where packets arrive, and not while one is asked for already. */
    void keepAskingForKeyFrame(int layer, long nowNanos) {
        ProducerStream stream = streams[layer];
        RtpStreamReceiver receiver = stream.receiver();
        if (receiver != null
                && receiver.nextKeyFrameRequestNanos() == Long.MAX_VALUE
                && stream.isLive(nowNanos, LayerSelection.SILENCE_NANOS)) {
            receiver.requestKeyFrame(nowNanos);
        }
    }

    /** The highest temporal layer that an encoding was announced with. */
    int highestTemporalLayer(int layer) {
        return ScalabilityMode.parse(streams[layer].encoding().scalabilityMode())
                        .temporalLayers()
                - 1;
    }

    void addConsumer(Consumer consumer) {
        consumers.add(consumer);
    }

    void removeConsumer(Consumer consumer) {
        consumers.remove(consumer);
    }

    /** A copy. */
    List<Consumer> consumers() {
        return List.copyOf(consumers);
    }

    void close() {
        audioLevels.close(meter);
    }
}
