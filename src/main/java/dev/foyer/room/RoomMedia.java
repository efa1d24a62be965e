package dev.foyer.room;

import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.room.Holdings.Consumer;
import dev.foyer.room.Holdings.Producer;
import dev.foyer.room.Holdings.Transport;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What participants do with the SFU: checks that they touch only their own, asks the media session, and tells the others.
 * Belongs to the room's loop; refusals are thrown or fail the stage, as {@link RoomException}.
 */
final class RoomMedia {
    private static final RoomReply.Done DONE = new RoomReply.Done();

    private final Seats seats;
    private final TopologyPolicy policy;
    private final SfuSession session;
    private final Holdings holdings;
    private final ParticipantLimits limits;
    private final java.util.function.Consumer<Participant> producersChanged;

    /** @param producersChanged told whose producers, or what they send, changed */
    RoomMedia(
            Seats seats,
            TopologyPolicy policy,
            SfuSession session,
            Holdings holdings,
            ParticipantLimits limits,
            java.util.function.Consumer<Participant> producersChanged) {
        this.seats = seats;
        this.policy = policy;
        this.session = session;
        this.holdings = holdings;
        this.limits = limits;
        this.producersChanged = producersChanged;
    }

    CompletionStage<RoomReply.TransportCreated> createTransport(Participant owner, TransportDirection direction) {
        makeWay(owner, direction);
        owner.transportsComing++;
        return session.ask(media -> media.createTransport(direction)).handle((parameters, failure) -> {
            owner.transportsComing--;
            MediaRefusals.refuseOn(failure);
            if (!seats.holds(owner)) {
                session.tell(media -> media.closeTransport(parameters.id()));
                throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
            }
            holdings.add(new Transport(parameters.id(), owner, direction));
            return new RoomReply.TransportCreated(parameters);
        });
    }

    CompletionStage<RoomReply.Done> connectTransport(Participant owner, RoomCommand.ConnectTransport command) {
        Transport transport = holdings.transport(owner, command.transportId());
        return done(media -> media.connectTransport(transport.id, command.dtlsParameters()));
    }

    CompletionStage<RoomReply.IceRestarted> restartIce(Participant owner, String transportId) {
        Transport transport = holdings.transport(owner, transportId);
        return ask(media -> media.restartIce(transport.id)).thenApply(RoomReply.IceRestarted::new);
    }

    CompletionStage<RoomReply.Produced> produce(Participant owner, RoomCommand.Produce command) {
        owner.require(Permission.PUBLISH);
        Transport transport = holdings.transport(owner, command.transportId());
        if (transport.direction != TransportDirection.SEND) {
            throw new RoomException(RoomErrorCode.INVALID_MESSAGE, "The transport does not send");
        }
        if (holdings.producers(producer -> producer.owner == owner).size() + owner.producersComing
                >= limits.producers()) {
            throw tooMany("producers");
        }
        owner.producersComing++;
        return session.ask(
                        media -> media.produce(transport.id, command.kind(), command.rtpParameters(), command.paused()))
                .handle((producerId, failure) -> {
                    owner.producersComing--;
                    MediaRefusals.refuseOn(failure);
                    if (holdings.findTransport(transport.id) != transport) {
                        session.tell(media -> media.closeProducer(producerId));
                        throw new RoomException(RoomErrorCode.TRANSPORT_NOT_FOUND);
                    }
                    Producer producer = new Producer(
                            producerId, owner, transport, command.kind(), command.appData(), command.paused());
                    add(producer);
                    return new RoomReply.Produced(producer.announced());
                });
    }

    CompletionStage<RoomReply.Done> pauseProducer(Participant owner, String producerId) {
        Producer producer = holdings.producer(owner, producerId);
        return ask(media -> media.pauseProducer(producerId)).thenApply(_ -> {
            if (!producer.paused) {
                producer.paused = true;
                producersChanged.accept(owner);
                tellOfProducer(producer, new RoomEvent.ProducerPaused(producerId, owner.id()));
                consumersOf(producer)
                        .forEach(consumer ->
                                seats.tell(consumer.owner, new RoomEvent.ConsumerPaused(consumer.id, producerId)));
            }
            return DONE;
        });
    }

    CompletionStage<RoomReply.Done> resumeProducer(Participant owner, String producerId) {
        Producer producer = holdings.producer(owner, producerId);
        return ask(media -> media.resumeProducer(producerId)).thenApply(_ -> {
            if (producer.paused) {
                producer.paused = false;
                producersChanged.accept(owner);
                policy.withdrawReady(owner.id());
                tellOfProducer(producer, new RoomEvent.ProducerResumed(producerId, owner.id()));
                consumersOf(producer)
                        .forEach(consumer ->
                                seats.tell(consumer.owner, new RoomEvent.ConsumerResumed(consumer.id, producerId)));
            }
            return DONE;
        });
    }

    CompletionStage<RoomReply.Done> closeProducer(Participant owner, String producerId) {
        forget(holdings.producer(owner, producerId));
        return done(media -> media.closeProducer(producerId));
    }

    CompletionStage<RoomReply.Consumed> consume(Participant owner, RoomCommand.Consume command) {
        owner.require(Permission.SUBSCRIBE);
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
            throw tooMany("consumers");
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

    CompletionStage<RoomReply.Stats> stats(Participant owner, RoomCommand.GetStats command) {
        String id = switch (command.subject()) {
            case TRANSPORT -> holdings.transport(owner, command.id()).id;
            case PRODUCER -> holdings.producer(owner, command.id()).id;
            case CONSUMER -> holdings.consumer(owner, command.id()).id;
        };
        return ask(media -> media.stats(id)).thenApply(RoomReply.Stats::new);
    }

    /** What a participant may consume now. */
    List<AnnouncedProducer> producersFor(Participant reader) {
        if (!policy.usesSfu()) {
            return List.of();
        }
        return holdings.producers(producer -> producer.owner != reader && !producer.owner.away).stream()
                .map(Producer::announced)
                .toList();
    }

    /** Opens the session before anybody asks for it. */
    void prepare() {
        if (!session.isInUse()) {
            session.open();
        }
    }

    /** A participant is gone for good: everything it has is closed. */
    void close(Participant owner) {
        for (Transport transport : holdings.transports(transport -> transport.owner == owner)) {
            holdings.remove(transport);
            session.tell(media -> media.closeTransport(transport.id));
        }
        for (Producer producer : holdings.producers(producer -> producer.owner == owner)) {
            tellEnded(producer, holdings.remove(producer));
        }
        holdings.removeConsumers(consumer -> consumer.owner == owner);
        producersChanged.accept(owner);
    }

    /** The others are about to be told that a participant left: it sends nothing, and what they had of it is closed. */
    void hush(Participant owner) {
        for (Producer producer : holdings.producers(producer -> producer.owner == owner)) {
            if (!producer.paused) {
                session.tell(media -> media.pauseProducer(producer.id));
            }
            List<Consumer> orphans = holdings.removeConsumers(consumer -> consumer.producer == producer);
            orphans.forEach(consumer -> session.tell(media -> media.closeConsumer(consumer.id)));
            tellEnded(producer, orphans);
        }
        producersChanged.accept(owner);
    }

    /** The others were told that a participant is back. */
    void unhush(Participant owner) {
        for (Producer producer : holdings.producers(producer -> producer.owner == owner)) {
            if (!producer.paused) {
                session.tell(media -> media.resumeProducer(producer.id));
            }
            announce(producer);
        }
        producersChanged.accept(owner);
    }

    /** Closes what a participant has of the others' producers, which it is about to be told of anew. */
    void closeConsumers(Participant owner) {
        for (Consumer consumer : holdings.removeConsumers(consumer -> consumer.owner == owner)) {
            session.tell(media -> media.closeConsumer(consumer.id));
        }
    }

    void transportState(Transport transport, TransportState state) {
        Participant owner = transport.owner;
        transport.connected = state == TransportState.CONNECTED;
        if (state == TransportState.CLOSED) {
            close(transport);
        }
        policy.sfuConnected(
                owner.id(),
                !holdings.transports(other -> other.owner == owner && other.connected)
                        .isEmpty());
    }

    void consumerClosed(String consumerId) {
        Consumer consumer = holdings.findConsumer(consumerId);
        if (consumer != null) {
            holdings.remove(consumer);
            tellClosed(consumer);
        }
    }

    void producerClosed(String producerId) {
        Producer producer = holdings.findProducer(producerId);
        if (producer != null) {
            forget(producer);
        }
    }

    void layersChanged(String consumerId, int spatialLayer, int temporalLayer) {
        Consumer consumer = holdings.findConsumer(consumerId);
        if (consumer != null) {
            seats.tell(consumer.owner, new RoomEvent.LayersChanged(consumerId, spatialLayer, temporalLayer));
        }
    }

    /** Something is published: the others are told unless its owner is away. */
    void add(Producer producer) {
        holdings.add(producer);
        producersChanged.accept(producer.owner);
        if (producer.owner.away) {
            session.tell(media -> media.pauseProducer(producer.id));
        } else {
            announce(producer);
        }
    }

    private void announce(Producer producer) {
        if (policy.usesSfu()) {
            if (!producer.paused) {
                policy.withdrawReady(producer.owner.id());
            }
            seats.tellOthers(producer.owner, new RoomEvent.NewProducer(producer.announced()));
        }
    }

    private void tellOfProducer(Producer producer, RoomEvent event) {
        if (policy.usesSfu() && !producer.owner.away) {
            seats.tellOthers(producer.owner, event);
        }
    }

    private void tellEnded(Producer producer, List<Consumer> orphans) {
        tellOfProducer(producer, new RoomEvent.ProducerClosed(producer.id, producer.owner.id()));
        orphans.forEach(this::tellClosed);
    }

    private void tellClosed(Consumer consumer) {
        if (seats.holds(consumer.owner)) {
            seats.tell(consumer.owner, new RoomEvent.ConsumerClosed(consumer.id, consumer.producer.id));
        }
    }

    /** A producer is gone, whoever ended it. */
    void forget(Producer producer) {
        List<Consumer> orphans = holdings.remove(producer);
        producersChanged.accept(producer.owner);
        tellEnded(producer, orphans);
    }

    /** Closes a transport with what is on it. */
    void close(Transport transport) {
        holdings.remove(transport);
        holdings.producers(producer -> producer.transport == transport).forEach(this::forget);
        holdings.removeConsumers(consumer -> consumer.transport == transport).forEach(this::tellClosed);
        session.tell(media -> media.closeTransport(transport.id));
    }

    private List<Consumer> consumersOf(Producer producer) {
        return holdings.consumers(consumer -> consumer.producer == producer);
    }

    /** At the limit the oldest transport that nothing flows through gives way: clients rebuild and forget the old. */
    private void makeWay(Participant owner, TransportDirection direction) {
        List<Transport> held =
                holdings.transports(transport -> transport.owner == owner && transport.direction == direction);
        if (held.size() + owner.transportsComing < limits.transports()) {
            return;
        }
        close(held.stream()
                .filter(transport -> !transport.connected)
                .findFirst()
                .orElseThrow(() -> tooMany("transports")));
    }

    private <T> CompletionStage<T> ask(Function<MediaSession, CompletionStage<T>> request) {
        return session.ask(request).handle((value, failure) -> {
            MediaRefusals.refuseOn(failure);
            return value;
        });
    }

    private CompletionStage<RoomReply.Done> done(Function<MediaSession, CompletionStage<Void>> request) {
        return ask(request).thenApply(_ -> DONE);
    }

    private static RoomException tooMany(String what) {
        return RoomException.tooMany(what, MediaRefusals.RETRY_MILLIS);
    }
}
