package dev.foyer.sfu;

import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtcp.ReportBlock;
import dev.foyer.protocol.rtp.NetworkOrder;
import dev.foyer.protocol.rtp.RtpPacket;
import dev.foyer.sfu.stream.RtpSenderSettings;
import dev.foyer.sfu.stream.RtpStreamReceiver;
import dev.foyer.sfu.stream.RtpStreamSender;
import java.nio.charset.StandardCharsets;

/**
 * A producer's track on its way to one client. Sends while neither side is paused and the transport is connected; video
 * starts, and starts again, with a key frame.
 */
@HotPath
final class Consumer {
    /** Says that there is no ssrc. */
    static final long NO_SSRC = 0;

    private final String id;
    private final SfuEnvironment environment;
    private final ConsumerObserver observer;
    private final RtpSession session;
    private final Producer producer;
    private final RtpSenderSettings settings;
    private final int sourcePayloadType;
    private final byte[] cname;
    private final RtpStreamSender sender;
    private final LayerSelection layers;
    private boolean paused;
    private boolean active;
    private int priority = 1;
    private int reportedLayer = LayerSelection.NONE;
    private long nackCount;
    private long keyFrameRequestCount;
    private long lastJitter;
    private boolean reported;

    private Consumer(
            SfuEnvironment environment,
            RtpSession session,
            Producer producer,
            RtpStreamSender sender,
            int sourcePayloadType,
            boolean paused,
            ConsumerObserver observer) {
        this.id = environment.newId();
        this.environment = environment;
        this.observer = observer;
        this.session = session;
        this.producer = producer;
        this.paused = paused;
        this.sender = sender;
        this.sourcePayloadType = sourcePayloadType;
        settings = sender.settings();
        cname = settings.cname().getBytes(StandardCharsets.UTF_8);
        layers = new LayerSelection(producer.streams());
    }

    /**
     * A consumer with a stream of its own.
     *
     * @param parameters in the router's numbers
     */
    static Consumer of(
            SfuEnvironment environment,
            RtpSession session,
            Producer producer,
            RtpParameters parameters,
            boolean paused,
            ConsumerObserver observer) {
        return new Consumer(
                environment,
                session,
                producer,
                new RtpStreamSender(SenderNegotiation.settings(producer, parameters), environment.random),
                SenderNegotiation.sourcePayloadType(
                        producer, parameters.codecs().getFirst().payloadType()),
                paused,
                observer);
    }

    /**
     * A consumer of an m-section, whose stream it goes on with and leaves to the next one.
     *
     * @param sender set to the producer
     * @param sourcePayloadType the producer's payload type of the codec that is sent
     */
    static Consumer of(SendSlot slot, Producer producer, RtpStreamSender sender, int sourcePayloadType) {
        return new Consumer(slot.environment(), slot.session(), producer, sender, sourcePayloadType, false, slot);
    }

    String id() {
        return id;
    }

    Producer producer() {
        return producer;
    }

    /** The session that it leaves on. */
    RtpSession session() {
        return session;
    }

    MediaKind kind() {
        return producer.kind();
    }

    long ssrc() {
        return settings.ssrc();
    }

    /** The ssrc of retransmissions, or {@link #NO_SSRC}. */
    long rtxSsrc() {
        return settings.rtxSsrc();
    }

    byte[] cname() {
        return cname;
    }

    /** The share when bandwidth is short, 1 to 255. */
    int priority() {
        return priority;
    }

    void priority(int newPriority) {
        if (newPriority < 1 || newPriority > 255) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "A priority is 1 to 255");
        }
        priority = newPriority;
    }

    /** Tells whoever waits for it that it is over. */
    void ended() {
        observer.ended(this);
    }

    /** Whether its end is also the stream's. */
    boolean endsStream() {
        return !observer.keepsStream();
    }

    /** Called once it is in its producer's and its session's books. */
    void start(long nowNanos) {
        update(nowNanos);
    }

    void pause(long nowNanos) {
        paused = true;
        update(nowNanos);
    }

    void resume(long nowNanos) {
        paused = false;
        update(nowNanos);
    }

    /** The producer was paused or resumed. */
    void producerChanged(long nowNanos) {
        update(nowNanos);
    }

    /** The session was connected or disconnected. */
    void sessionChanged(long nowNanos) {
        update(nowNanos);
    }

    private void update(long nowNanos) {
        boolean now = !paused && session.isConnected() && !producer.paused();
        if (now == active) {
            return;
        }
        active = now;
        if (active) {
            layers.choose(nowNanos);
            askForKeyFrame(layers.target(), nowNanos);
            session.reportSoon(nowNanos);
        } else {
            layers.stop();
            sender.pause();
            tellLayers();
        }
    }

    /** Takes a packet that the producer received; borrowed until return. */
    void forward(ProducerStream stream, RtpStreamReceiver receiver, RtpPacket packet, long nowNanos) {
        if (!active || packet.payloadType() != sourcePayloadType) {
            return;
        }
        int before = layers.current();
        if (!layers.admits(stream.index(), kindStartsAnywhere() || receiver.isKeyFrame())) {
            return;
        }
        byte[] outgoing = environment.outgoing;
        int length = layers.admitsTemporal(receiver.payload())
                ? sender.forward(packet, receiver, outgoing, 0, nowNanos)
                : sender.drop(packet, receiver, outgoing, 0, nowNanos);
        if (length > 0) {
            environment.counters.rtpForwarded++;
            send(length);
        }
        if (layers.current() != before) {
            tellLayers();
        }
    }

    private boolean kindStartsAnywhere() {
        return producer.kind() == MediaKind.AUDIO;
    }

    private void send(int length) {
        byte[] outgoing = environment.outgoing;
        int sequenceAt = sender.transportWideSequenceOffset();
        if (sequenceAt >= 0) {
            NetworkOrder.putU16(outgoing, sequenceAt, session.nextTransportWideSequence());
        }
        session.sendRtp(outgoing, 0, length);
    }

    /** Answers a NACK. */
    void retransmit(int[] sequenceNumbers, int count, long nowNanos) {
        for (int i = 0; i < count; i++) {
            nackCount++;
            int length = sender.retransmit(sequenceNumbers[i], environment.outgoing, 0, nowNanos);
            if (length > 0) {
                environment.counters.rtpRetransmitted++;
                send(length);
            }
        }
    }

    /** Takes the client's report on the stream. */
    void reported(ReportBlock block, long nowNanos) {
        reported = true;
        lastJitter = block.jitter();
        sender.report(block, nowNanos);
    }

    /** The client, or its user, wants a key frame. */
    void requestKeyFrame(long nowNanos) {
        keyFrameRequestCount++;
        if (active) {
            askForKeyFrame(layers.current() == LayerSelection.NONE ? layers.target() : layers.current(), nowNanos);
        }
    }

    private void askForKeyFrame(int layer, long nowNanos) {
        if (layer != LayerSelection.NONE && !kindStartsAnywhere()) {
            producer.requestKeyFrame(layer, nowNanos);
        }
    }

    void setPreferredLayers(int spatialLayer, int temporalLayer, long nowNanos) {
        layers.prefer(spatialLayer, temporalLayer);
        if (active && layers.choose(nowNanos)) {
            askForKeyFrame(layers.target(), nowNanos);
        }
    }

    /** Follows the layers that arrive, and keeps asking for the key frame that it waits for. */
    void tick(long nowNanos) {
        if (active && !kindStartsAnywhere()) {
            if (layers.choose(nowNanos)) {
                askForKeyFrame(layers.target(), nowNanos);
            } else if (layers.isWaiting()) {
                producer.keepAskingForKeyFrame(layers.target(), nowNanos);
            }
        }
    }

    private void tellLayers() {
        int layer = layers.current();
        if (producer.type() != ConsumerType.SIMPLE && layer != reportedLayer) {
            reportedLayer = layer;
            observer.layersChanged(
                    this,
                    layer,
                    layer == LayerSelection.NONE
                            ? LayerSelection.NONE
                            : Math.min(layers.preferredTemporal(), producer.highestTemporalLayer(layer)));
        }
    }

    /** Writes a sender report and CNAME when there is something to report; returns the length, 0 otherwise. */
    int writeSenderReport(byte[] buffer, int offset, long nowNanos) {
        return active ? sender.writeSenderReport(buffer, offset, nowNanos) : 0;
    }

    ConsumerFigures figures(long nowNanos) {
        return new ConsumerFigures(
                active,
                layers.current(),
                sender.packetCount(),
                sender.byteCount(),
                sender.retransmittedCount(),
                nackCount,
                keyFrameRequestCount,
                sender.bitrateBps(nowNanos),
                reported ? sender.rttNanos() : -1,
                sender.remoteLost(),
                sender.fractionLost() / 256.0,
                (double) lastJitter / settings.clockRate());
    }
}
