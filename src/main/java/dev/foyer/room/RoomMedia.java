package dev.foyer.room;

import dev.foyer.room.Holdings.Consumer;
import dev.foyer.room.Holdings.Producer;
import dev.foyer.room.Holdings.Transport;
import java.util.List;
import java.util.Set;
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
        Transport transport = holdings.transport(owner, command.transportId());
        if (transport.direction != TransportDirection.SEND) {
            throw new RoomException(RoomErrorCode.INVALID_MESSAGE, "The transport does not send");
        }
        if (holdings.producers(producer -> producer.owner == owner).size() + owner.producersComing
                >= limits.producers()) {
            throw tooMany("producers");
        }
        owner.producersComing++;
        boolean silent = command.paused() || owner.muted.contains(command.kind());
        return session.ask(media -> media.produce(transport.id, command.kind(), command.rtpParameters(), silent))
                .handle((producerId, failure) -> {
                    owner.producersComing--;
                    MediaRefusals.refuseOn(failure);
                    if (holdings.findTransport(transport.id) != transport) {
                        session.tell(media -> media.closeProducer(producerId));
                        throw new RoomException(RoomErrorCode.TRANSPORT_NOT_FOUND);
                    }
                    if (!owner.may(Permission.PUBLISH)) {
                        session.tell(media -> media.closeProducer(producerId));
                        throw new RoomException(RoomErrorCode.FORBIDDEN);
                    }
                    Producer producer = new Producer(
                            producerId, owner, transport, command.kind(), command.appData(), command.paused());
                    add(producer);
                    if (silent && !producer.isSilent() && !owner.away) {
                        session.tell(media -> media.resumeProducer(producerId));
                    }
                    return new RoomReply.Produced(producer.announced());
                });
    }

    CompletionStage<RoomReply.Done> pauseProducer(Participant owner, String producerId) {
        Producer producer = holdings.producer(owner, producerId);
        return ask(media -> media.pauseProducer(producerId)).thenApply(_ -> {
            boolean silent = producer.isSilent();
            producer.paused = true;
            if (!silent) {
                tellSilent(producer);
            }
            return DONE;
        });
    }

    /** A muted producer stays silent, but that its owner wants it to go on is remembered. */
    CompletionStage<RoomReply.Done> resumeProducer(Participant owner, String producerId) {
        Producer producer = holdings.producer(owner, producerId);
        if (producer.isMuted()) {
            producer.paused = false;
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Muted by a moderator");
        }
        return ask(media -> media.resumeProducer(producerId)).thenApply(_ -> {
            boolean silent = producer.isSilent();
            producer.paused = false;
            if (silent && !producer.isSilent()) {
                tellSounding(producer);
            } else if (producer.isSilent()) {
                session.tell(media -> media.pauseProducer(producerId));
            }
            return DONE;
        });
    }

    /**
     * What a participant may send changed: the server stops or lets through what it publishes.
     *
     * @param before what was silent until now
     */
    void enforce(Participant owner, Set<Producer> before) {
        for (Producer producer : holdings.producers(producer -> producer.owner == owner)) {
            if (producer.isSilent() == before.contains(producer)) {
                continue;
            }
            if (producer.isSilent()) {
                session.tell(media -> media.pauseProducer(producer.id));
                tellSilent(producer);
            } else {
                if (!owner.away) {
                    session.tell(media -> media.resumeProducer(producer.id));
                }
                tellSounding(producer);
            }
        }
    }

    /** What of a participant's producers is silent now. */
    Set<Producer> silent(Participant owner) {
        return Set.copyOf(holdings.producers(producer -> producer.owner == owner && producer.isSilent()));
    }

    /** A participant may publish no more: what it published over transports of its own is closed. */
    void withdraw(Participant owner) {
        for (Producer producer :
                holdings.producers(producer -> producer.owner == owner && producer.transport.direction != null)) {
            forget(producer);
            session.tell(media -> media.closeProducer(producer.id));
        }
    }

    private void tellSilent(Producer producer) {
        producersChanged.accept(producer.owner);
        tellOfProducer(producer, new RoomEvent.ProducerPaused(producer.id, producer.owner.id()));
        consumersOf(producer)
                .forEach(
                        consumer -> seats.tell(consumer.owner, new RoomEvent.ConsumerPaused(consumer.id, producer.id)));
    }

    private void tellSounding(Producer producer) {
        producersChanged.accept(producer.owner);
        policy.withdrawReady(producer.owner.id());
        tellOfProducer(producer, new RoomEvent.ProducerResumed(producer.id, producer.owner.id()));
        consumersOf(producer)
                .forEach(consumer ->
                        seats.tell(consumer.owner, new RoomEvent.ConsumerResumed(consumer.id, producer.id)));
    }

    CompletionStage<RoomReply.Done> closeProducer(Participant owner, String producerId) {
        forget(holdings.producer(owner, producerId));
        return done(media -> media.closeProducer(producerId));
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
            if (!producer.isSilent()) {
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
            if (!producer.isSilent()) {
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
        if (producer.owner.away || (producer.isSilent() && !producer.paused)) {
            session.tell(media -> media.pauseProducer(producer.id));
        }
        if (!producer.owner.away) {
            announce(producer);
        }
    }

    private void announce(Producer producer) {
        if (policy.usesSfu()) {
            if (!producer.isSilent()) {
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
        return MediaRefusals.ask(session, request);
    }

    private CompletionStage<RoomReply.Done> done(Function<MediaSession, CompletionStage<Void>> request) {
        return ask(request).thenApply(_ -> DONE);
    }

    static RoomException tooMany(String what) {
        return RoomException.tooMany(what, MediaRefusals.RETRY_MILLIS);
    }
}
