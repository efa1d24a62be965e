package dev.foyer.sfu;

import dev.foyer.ortc.RtpParameters;
import dev.foyer.sfu.negotiation.LocalTrack;
import dev.foyer.sfu.stream.RtpSenderSettings;
import dev.foyer.sfu.stream.RtpStreamSender;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the server sends on one m-section: one stream with ssrcs of its own, which one producer after another is sent on.
 * A change of the producer is to the client what a cut is in a film: numbers go on, video starts with a key frame.
 */
final class SendSlot implements ConsumerObserver {
    private final SfuEnvironment environment;
    private final RtpSession session;
    private final RouterContents contents;
    private final LocalTrack track;
    private @Nullable RtpStreamSender sender;
    private @Nullable Consumer consumer;
    private @Nullable RtpParameters parameters;
    private boolean closed;

    /** @param track its ssrcs and names, for retransmissions too, whether they will be agreed on or not */
    SendSlot(SfuEnvironment environment, RtpSession session, RouterContents contents, LocalTrack track) {
        this.environment = environment;
        this.session = session;
        this.contents = contents;
        this.track = track;
    }

    SfuEnvironment environment() {
        return environment;
    }

    RtpSession session() {
        return session;
    }

    LocalTrack track() {
        return track;
    }

    /** The producer that is being sent, or null. */
    @Nullable
    Producer producer() {
        Consumer current = consumer;
        return current == null ? null : current.producer();
    }

    /**
     * Sends a producer, in place of the one before. Nothing changes when it is sent like this already, or when the router
     * has no room for another consumer.
     *
     * @param agreed as negotiated with the client, in its numbers, with this slot's ssrcs; the first codec is sent
     * @param sourcePayloadType the producer's payload type of that codec
     */
    void send(Producer producer, RtpParameters agreed, int sourcePayloadType) {
        if (closed || (producer() == producer && agreed.equals(parameters))) {
            return;
        }
        stop();
        if (!contents.hasRoomForConsumer()) {
            return;
        }
        RtpSenderSettings settings = SenderNegotiation.settings(producer, agreed);
        RtpStreamSender current = sender;
        if (current == null) {
            current = new RtpStreamSender(settings, environment.random);
            sender = current;
        } else {
            current.succeed(settings);
        }
        parameters = agreed;
        Consumer next = Consumer.of(this, producer, current, sourcePayloadType);
        consumer = next;
        contents.add(next, environment.now());
    }

    /** Falls silent. */
    void stop() {
        Consumer current = consumer;
        consumer = null;
        if (current != null) {
            contents.remove(current);
            leave();
        }
    }

    private void leave() {
        if (sender != null) {
            sender.leave();
        }
    }

    /** Falls silent for good and says so to the client. Idempotent. */
    void close() {
        stop();
        if (!closed && sender != null) {
            session.retire(track.ssrc(), track.rtxSsrc(), track.cname().getBytes(StandardCharsets.UTF_8));
        }
        closed = true;
    }

    @Override
    public void layersChanged(Consumer of, int spatialLayer, int temporalLayer) {
        // Nobody chose them, so nobody need know.
    }

    @Override
    public boolean keepsStream() {
        return true;
    }

    @Override
    public void ended(Consumer of) {
        if (of == consumer) {
            consumer = null;
            leave();
        }
    }
}
