package dev.foyer.sfu;

import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.protocol.HotPath;
import dev.foyer.protocol.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The RTP session of one transport (RFC 3550 section 3): the client's streams on their way to producers, the consumers'
 * streams on their way to the client, and the RTCP of both. It knows nothing of encryption or addresses.
 */
@HotPath
final class RtpSession {
    private final SfuEnvironment environment;
    private final RtpSessionOutput output;
    private final RtpPacket packet = new RtpPacket();
    private final InboundStreams inbound;
    private final List<Producer> producers = new ArrayList<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private final SsrcTable<Consumer> consumersBySsrc = new SsrcTable<>();
    private final RtcpInbound rtcpInbound;
    private final RtcpOutbound rtcpOutbound;
    private final CongestionFeedback congestionFeedback;
    private @Nullable String producerCname;
    private int mids;
    private int retired;
    private boolean connected;
    private int transportWideSequence;

    RtpSession(SfuEnvironment environment, RtpSessionOutput output) {
        this.environment = environment;
        this.output = output;
        long ssrc = environment.newSsrc();
        inbound = new InboundStreams(environment, output);
        rtcpInbound = new RtcpInbound(environment, inbound, consumersBySsrc);
        rtcpOutbound = new RtcpOutbound(environment, output, ssrc);
        congestionFeedback = new CongestionFeedback(environment, output, ssrc);
    }

    /** The canonical name that the session's producers share, or null before the first. */
    @Nullable
    String producerCname() {
        return producerCname;
    }

    /** The MID for the next consumer. */
    String nextMid() {
        return Integer.toString(mids);
    }

    /** Whether the ssrcs are not in use by a consumer of this session. */
    boolean areNew(List<RtpEncodingParameters> encodings) {
        for (RtpEncodingParameters encoding : encodings) {
            Long ssrc = encoding.ssrc();
            RtpEncodingParameters.Rtx rtx = encoding.rtx();
            if ((ssrc != null && consumersBySsrc.get(ssrc) != null)
                    || (rtx != null && consumersBySsrc.get(rtx.ssrc()) != null)) {
                return false;
            }
        }
        return true;
    }

    void addProducer(Producer producer) {
        inbound.add(producer);
        producers.add(producer);
        producerCname = producer.rtpParameters().rtcp().cname();
        congestionFeedback.negotiate(producer.rtpParameters());
        rtcpOutbound.reportSoon(environment.now());
    }

    void removeProducer(Producer producer) {
        inbound.remove(producer);
        producers.remove(producer);
    }

    void addConsumer(Consumer consumer) {
        mids++;
        consumers.add(consumer);
        consumersBySsrc.put(consumer.ssrc(), consumer);
        if (consumer.rtxSsrc() != Consumer.NO_SSRC) {
            consumersBySsrc.put(consumer.rtxSsrc(), consumer);
        }
        rtcpOutbound.reportSoon(environment.now());
    }

    void removeConsumer(Consumer consumer) {
        if (!consumers.remove(consumer)) {
            return;
        }
        consumersBySsrc.remove(consumer.ssrc());
        if (consumer.rtxSsrc() != Consumer.NO_SSRC) {
            consumersBySsrc.remove(consumer.rtxSsrc());
        }
        if (consumer.endsStream()) {
            retire(consumer.ssrc(), consumer.rtxSsrc(), consumer.cname());
        }
    }

    /** How many streams were sent and will never be again; their ssrcs and counters are kept, lest a key stream repeats. */
    int retired() {
        return retired;
    }

    /**
     * Says goodbye for a stream that nothing will be sent on any more.
     *
     * @param rtxSsrc of its retransmissions, or {@link Consumer#NO_SSRC}
     */
    void retire(long ssrc, long rtxSsrc, byte[] cname) {
        retired++;
        rtcpOutbound.goodbye(ssrc, cname);
        output.retireSendSsrc(ssrc);
        if (rtxSsrc != Consumer.NO_SSRC) {
            output.retireSendSsrc(rtxSsrc);
        }
    }

    /** The producer that receives an ssrc, or null. */
    @Nullable
    Producer receiverOf(long ssrc) {
        return inbound.producerOf(ssrc);
    }

    /** A copy. */
    List<Producer> producers() {
        return List.copyOf(producers);
    }

    /** A copy. */
    List<Consumer> consumers() {
        return List.copyOf(consumers);
    }

    /** Takes a decrypted RTP packet. */
    void receiveRtp(byte[] buffer, int offset, int length, long nowNanos) {
        if (!packet.wrap(buffer, offset, length)) {
            environment.counters.malformed++;
            return;
        }
        congestionFeedback.received(packet, nowNanos);
        InboundStreams.Entry entry = inbound.find(packet);
        if (entry == null) {
            environment.counters.rtpUnknownSsrc++;
            return;
        }
        ProducerStream stream = entry.stream();
        stream.producer().receive(stream, entry.retransmission(), packet, nowNanos);
    }

    /** Takes a decrypted RTCP packet. */
    void receiveRtcp(byte[] buffer, int offset, int length, long nowNanos) {
        rtcpInbound.receive(buffer, offset, length, nowNanos);
    }

    /** The number for the next packet of the transport, of whichever consumer; 16 bits. */
    int nextTransportWideSequence() {
        transportWideSequence = (transportWideSequence + 1) & 0xFFFF;
        return transportWideSequence;
    }

    /** Sends a producer's NACKs and key frame requests that are due. */
    void sendRequests(Producer producer, long nowNanos) {
        rtcpOutbound.sendRequests(producer, nowNanos);
    }

    /** Sends an RTP packet of a consumer; see {@link RtpSessionOutput#sendRtp}. */
    boolean sendRtp(byte[] buffer, int offset, int length) {
        return output.sendRtp(buffer, offset, length);
    }

    /** Whether media can flow. */
    boolean isConnected() {
        return connected;
    }

    /** Media can flow from now on, or no longer. */
    void connected(boolean nowConnected) {
        if (connected != nowConnected) {
            connected = nowConnected;
            for (Consumer consumer : consumers()) {
                consumer.sessionChanged(environment.now());
            }
        }
    }

    /** A stream begins: reports it soon, so that its receiver can play it in sync with others. */
    void reportSoon(long nowNanos) {
        rtcpOutbound.reportSoon(nowNanos);
    }

    /** Sends what is due; called while the transport is connected. */
    void tick(long nowNanos) {
        congestionFeedback.tick(nowNanos);
        for (int i = 0; i < producers.size(); i++) {
            rtcpOutbound.sendRequests(producers.get(i), nowNanos);
        }
        for (int i = 0; i < consumers.size(); i++) {
            consumers.get(i).tick(nowNanos);
        }
        rtcpOutbound.sendReports(producers, consumers, nowNanos);
    }

    /** Says goodbye for every consumer. */
    void close() {
        for (Consumer consumer : consumers()) {
            removeConsumer(consumer);
        }
        for (Producer producer : producers()) {
            removeProducer(producer);
        }
    }
}
