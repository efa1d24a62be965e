package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.ortc.TransportParameters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * One room's router and everything behind it.
 *
 * <p>Methods may be called from any thread; requests of one caller thread are carried out in their order. Each returned
 * stage completes on the SFU verticle's event loop, or fails with a {@link MediaException}. Ids are unguessable strings
 * chosen by the session. Who may use which transport, producer or consumer is the room's to check.
 */
public interface MediaSession {
    /** Creates a transport that waits for the client's connectivity checks. */
    CompletionStage<TransportParameters> createTransport(TransportDirection direction);

    /** Gives a transport the remote certificate and role; a second call is {@code INVALID_PARAMETERS}. */
    CompletionStage<Void> connectTransport(String transportId, DtlsParameters remote);

    /** Gives a transport new ICE credentials; media goes on over the old pair until a check with the new ones. */
    CompletionStage<IceParameters> restartIce(String transportId);

    /**
     * Creates the server's end of a connection that is negotiated by SDP offers and answers (JSEP, RFC 9429): a transport
     * that receives and sends. It counts as a transport: {@link #restartIce}, {@link #closeTransport} and {@link #stats}
     * take its id, and {@link MediaListener#transportState} tells of it. Its tracks are producers like any other. What is
     * sent on it has no consumers that could be named; it follows the plan.
     *
     * @param streamId msid of everything that is sent on it
     * @return the connection id
     */
    CompletionStage<String> createConnection(String streamId);

    /**
     * Answers a client's offer, the first or a later one, an ICE restart too. Fails with {@code INVALID_PARAMETERS} for
     * malformed SDP and {@code NOT_ACCEPTABLE} for an offer without anything in common; the connection stays as it was. An
     * offer of the server's own that was outstanding is rolled back. An offer without m-sections, as a client makes whose
     * camera is not open yet, is answered by one without; its reply says whether the plan then needs an offer.
     */
    CompletionStage<NegotiatedConnection> answer(String connectionId, String offer, ConnectionPlan plan);

    /**
     * Makes an offer that meets the plan: every source has an m-section, and when media is to be received there is at
     * least one of each kind that the client can send on. The client sends each of them at most what it has.
     */
    CompletionStage<NegotiatedConnection> offer(String connectionId, ConnectionPlan plan);

    /** Takes the client's answer to the outstanding offer; {@code INVALID_PARAMETERS} when there is none. */
    CompletionStage<NegotiatedConnection> accept(String connectionId, String answer);

    /** Takes the outstanding offer back, if there is one. */
    CompletionStage<Void> rollback(String connectionId);

    /** Meets a plan as far as that goes without negotiation; the reply says whether something is missing. */
    CompletionStage<NegotiatedConnection> apply(String connectionId, ConnectionPlan plan);

    /** Closes a transport with its producers and consumers. */
    CompletionStage<Void> closeTransport(String transportId);

    /**
     * Creates a producer.
     *
     * @param paused whether it starts paused
     * @return the producer id
     */
    CompletionStage<String> produce(String transportId, MediaKind kind, RtpParameters rtpParameters, boolean paused);

    /** Stops forwarding from a producer. */
    CompletionStage<Void> pauseProducer(String producerId);

    /** Forwards again, starting with a key frame. */
    CompletionStage<Void> resumeProducer(String producerId);

    /** Closes a producer and its consumers. */
    CompletionStage<Void> closeProducer(String producerId);

    /** Whether a client with these capabilities can receive the producer; false for an unknown one. */
    CompletionStage<Boolean> canConsume(String producerId, RtpCapabilities rtpCapabilities);

    /**
     * Creates a consumer.
     *
     * @param paused whether it starts paused, as mediasoup recommends
     */
    CompletionStage<ConsumerParameters> consume(
            String transportId, String producerId, RtpCapabilities rtpCapabilities, boolean paused);

    /** Stops sending to a consumer. */
    CompletionStage<Void> pauseConsumer(String consumerId);

    /** Sends again; video restarts with a key frame that is asked for here. */
    CompletionStage<Void> resumeConsumer(String consumerId);

    /** Closes a consumer. */
    CompletionStage<Void> closeConsumer(String consumerId);

    /** Sets the layers to send at most; a layer that does not exist means the nearest below. */
    CompletionStage<Void> setPreferredLayers(String consumerId, int spatialLayer, int temporalLayer);

    /**
     * Sets a consumer's share when bandwidth is short.
     *
     * @param priority 1 to 255
     */
    CompletionStage<Void> setPriority(String consumerId, int priority);

    /** Asks the consumer's producer for a key frame, throttled. */
    CompletionStage<Void> requestKeyFrame(String consumerId);

    /**
     * Statistics of a transport, producer or consumer in the words of the W3C's webrtc-stats: one map a stats object,
     * with at least {@code id}, {@code type} and {@code timestamp} (milliseconds since 1970).
     */
    CompletionStage<List<Map<String, Object>>> stats(String id);

    /** What has arrived of each producer within the last second, bits a second; retransmissions are not in it. */
    CompletionStage<Map<String, Long>> bitrates();

    /** Closes the session and everything in it. Idempotent. */
    void close();
}
