package dev.foyer.room;

import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.room.Holdings.Consumer;
import dev.foyer.room.Holdings.Producer;
import dev.foyer.room.Holdings.Transport;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What participants receive from the SFU over transports of their own. Belongs to the room's loop; refusals are thrown or
 * fail the stage, as {@link RoomException}.
 */
final class Subscriptions {
    private static final RoomReply.Done DONE = new RoomReply.Done();

    private final TopologyPolicy policy;
    private final SfuSession session;
    private final Holdings holdings;
    private final ParticipantLimits limits;

    Subscriptions(TopologyPolicy policy, SfuSession session, Holdings holdings, ParticipantLimits limits) {
        this.policy = policy;
        this.session = session;
        this.holdings = holdings;
        this.limits = limits;
    }

    CompletionStage<RoomReply.Consumed> consume(Participant owner, RoomCommand.Consume command) {
        Transport transport = holdings.transport(owner, command.transportId());
        if (transport.direction != TransportDirection.RECV) {
            throw new RoomException(RoomErrorCode.INVALID_MESSAGE, "The transport does not receive");
        }
        Producer producer = holdings.findProducer(command.producerId());
        if (producer == null || producer.owner.away || !policy.usesSfu()) {
            throw new RoomException(RoomErrorCode.PRODUCER_NOT_FOUND);
        }
        RtpCapabilities capabilities =
                command.rtpCapabilities() != null ? command.rtpCapabilities() : owner.rtpCapabilities;
        if (capabilities == null) {
            throw new RoomException(RoomErrorCode.INVALID_MESSAGE, "rtpCapabilities were never told");
        }
        if (holdings.consumers(consumer -> consumer.owner == owner).size() + owner.consumersComing
                >= limits.consumers()) {
            throw RoomMedia.tooMany("consumers");
        }
        owner.consumersComing++;
        return session.ask(media -> media.consume(transport.id, producer.id, capabilities, command.paused()))
                .handle((parameters, failure) -> {
                    owner.consumersComing--;
                    MediaRefusals.refuseOn(failure);
                    if (holdings.findTransport(transport.id) != transport
                            || holdings.findProducer(producer.id) != producer
                            || producer.owner.away) {
                        session.tell(media -> media.closeConsumer(parameters.id()));
                        throw new RoomException(RoomErrorCode.PRODUCER_NOT_FOUND);
                    }
                    holdings.add(new Consumer(parameters.id(), owner, transport, producer));
                    return new RoomReply.Consumed(parameters, producer.owner.id(), producer.appData);
                });
    }

    CompletionStage<RoomReply.Done> pauseConsumer(Participant owner, String consumerId) {
        Consumer consumer = holdings.consumer(owner, consumerId);
        return done(media -> media.pauseConsumer(consumer.id));
    }

    CompletionStage<RoomReply.Done> resumeConsumer(Participant owner, String consumerId) {
        Consumer consumer = holdings.consumer(owner, consumerId);
        return done(media -> media.resumeConsumer(consumer.id));
    }

    CompletionStage<RoomReply.Done> closeConsumer(Participant owner, String consumerId) {
        Consumer consumer = holdings.consumer(owner, consumerId);
        holdings.remove(consumer);
        return done(media -> media.closeConsumer(consumer.id));
    }

    CompletionStage<RoomReply.Done> setPreferredLayers(Participant owner, RoomCommand.SetPreferredLayers command) {
        Consumer consumer = holdings.consumer(owner, command.consumerId());
        return done(media -> media.setPreferredLayers(consumer.id, command.spatialLayer(), command.temporalLayer()));
    }

    CompletionStage<RoomReply.Done> setPriority(Participant owner, RoomCommand.SetPriority command) {
        Consumer consumer = holdings.consumer(owner, command.consumerId());
        return done(media -> media.setPriority(consumer.id, command.priority()));
    }

    CompletionStage<RoomReply.Done> requestKeyFrame(Participant owner, String consumerId) {
        Consumer consumer = holdings.consumer(owner, consumerId);
        return done(media -> media.requestKeyFrame(consumer.id));
    }

    private CompletionStage<RoomReply.Done> done(Function<MediaSession, CompletionStage<Void>> request) {
        return MediaRefusals.ask(session, request).thenApply(_ -> DONE);
    }
}
