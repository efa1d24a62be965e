package dev.foyer.sfu;

import dev.foyer.protocol.HotPath;
import dev.foyer.sfu.negotiation.ProducerMapping;
import dev.foyer.sfu.stream.RtpStreamReceiver;
import dev.foyer.sfu.stream.RtpStreamSettings;
import org.jspecify.annotations.Nullable;

/**
 * One encoding of a producer: a simulcast layer, or the only one. What it receives comes into being with its ssrc, which
 * signaling tells or the first packet shows.
 */
@HotPath
final class ProducerStream {
    static final long NO_SSRC = -1;

    private final Producer producer;
    private final int index;
    private final ProducerMapping.Encoding encoding;
    private final RtpStreamSettings template;
    private long ssrc = NO_SSRC;
    private long rtxSsrc = NO_SSRC;
    private int begun;
    private long begunNanos;
    private @Nullable RtpStreamReceiver receiver;

    /**
     * @param index the spatial layer, 0 for the lowest
     * @param template the stream's settings but for its ssrc
     */
    ProducerStream(Producer producer, int index, ProducerMapping.Encoding encoding, RtpStreamSettings template) {
        this.producer = producer;
        this.index = index;
        this.encoding = encoding;
        this.template = template;
    }

    Producer producer() {
        return producer;
    }

    int index() {
        return index;
    }

    ProducerMapping.Encoding encoding() {
        return encoding;
    }

    /** The sender's ssrc, or {@link #NO_SSRC}. */
    long ssrc() {
        return ssrc;
    }

    /** The ssrc of the sender's retransmissions, or {@link #NO_SSRC}. */
    long rtxSsrc() {
        return rtxSsrc;
    }

    /**
     * Whether an ssrc of the stream or of its retransmissions may be learned now: once each at first, then no more
     * often than given.
     */
    boolean mayBegin(long nowNanos, long intervalNanos) {
        if (begun >= 2 && nowNanos - begunNanos < intervalNanos) {
            return false;
        }
        begun++;
        begunNanos = nowNanos;
        return true;
    }

    /** Begins with an ssrc, or anew with another one. */
    RtpStreamReceiver begin(long newSsrc) {
        ssrc = newSsrc;
        RtpStreamReceiver begun = new RtpStreamReceiver(new RtpStreamSettings(
                newSsrc,
                template.payloadType(),
                template.mimeType(),
                template.clockRate(),
                template.nack(),
                template.dependencyDescriptorId()));
        receiver = begun;
        return begun;
    }

    void rtxSsrc(long newSsrc) {
        rtxSsrc = newSsrc;
    }

    /** The receive side; null while the ssrc is unknown. */
    @Nullable
    RtpStreamReceiver receiver() {
        return receiver;
    }

    /** Whether packets came within the last while: a simulcast sender stops the layers that its uplink cannot take. */
    boolean isLive(long nowNanos, long silenceNanos) {
        RtpStreamReceiver current = receiver;
        return current != null && current.started() && nowNanos - current.lastPacketNanos() < silenceNanos;
    }
}
