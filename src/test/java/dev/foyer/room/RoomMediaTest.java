package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.room.RoomEvent.ConsumerClosed;
import dev.foyer.room.RoomEvent.ConsumerPaused;
import dev.foyer.room.RoomEvent.NewProducer;
import dev.foyer.room.RoomEvent.ProducerClosed;
import dev.foyer.room.RoomEvent.ProducerPaused;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What participants may do with the SFU, and what the others hear of it. */
class RoomMediaTest {
    private final House house = new House();
    private String send;
    private String recv;
    private String producer;
    private String consumer;

    /** a publishes, b subscribes, c only listens to the events. */
    @BeforeEach
    void publish() {
        for (String id : List.of("a", "b", "c")) {
            house.join(id, House.plain("user-" + id));
        }
        send = house.transport("a", TransportDirection.SEND);
        recv = house.transport("b", TransportDirection.RECV);
        producer = house.produce("a", send, false);
        assertEquals(
                new AnnouncedProducer(producer, "a", "user-a", MediaKind.VIDEO, Map.of("source", "camera"), false),
                house.hears("b", NewProducer.class).getFirst().producer());
        assertEquals(List.of(), house.hears("a", NewProducer.class));
        consumer = house.consume("b", recv, producer);
        house.forgetHeard();
    }

    @Test
    void nobodyTouchesWhatBelongsToOthers() {
        DtlsParameters dtls = new DtlsParameters(DtlsRole.CLIENT, List.of());
        Map<RoomCommand<?>, RoomErrorCode> forged = Map.ofEntries(
                Map.entry(new RoomCommand.ConnectTransport(send, dtls), RoomErrorCode.TRANSPORT_NOT_FOUND),
                Map.entry(new RoomCommand.RestartIce(send), RoomErrorCode.TRANSPORT_NOT_FOUND),
                Map.entry(new RoomCommand.Consume(recv, producer, null, true), RoomErrorCode.TRANSPORT_NOT_FOUND),
                Map.entry(new RoomCommand.PauseProducer(producer), RoomErrorCode.PRODUCER_NOT_FOUND),
                Map.entry(new RoomCommand.ResumeProducer(producer), RoomErrorCode.PRODUCER_NOT_FOUND),
                Map.entry(new RoomCommand.CloseProducer(producer), RoomErrorCode.PRODUCER_NOT_FOUND),
                Map.entry(new RoomCommand.PauseConsumer(consumer), RoomErrorCode.CONSUMER_NOT_FOUND),
                Map.entry(new RoomCommand.ResumeConsumer(consumer), RoomErrorCode.CONSUMER_NOT_FOUND),
                Map.entry(new RoomCommand.CloseConsumer(consumer), RoomErrorCode.CONSUMER_NOT_FOUND),
                Map.entry(new RoomCommand.SetPreferredLayers(consumer, 0, 0), RoomErrorCode.CONSUMER_NOT_FOUND),
                Map.entry(new RoomCommand.SetPriority(consumer, 1), RoomErrorCode.CONSUMER_NOT_FOUND),
                Map.entry(new RoomCommand.RequestKeyFrame(consumer), RoomErrorCode.CONSUMER_NOT_FOUND),
                Map.entry(new RoomCommand.GetStats(StatsSubject.TRANSPORT, send), RoomErrorCode.TRANSPORT_NOT_FOUND),
                Map.entry(new RoomCommand.GetStats(StatsSubject.PRODUCER, producer), RoomErrorCode.PRODUCER_NOT_FOUND),
                Map.entry(new RoomCommand.GetStats(StatsSubject.CONSUMER, consumer), RoomErrorCode.CONSUMER_NOT_FOUND));
        List<String> before = new ArrayList<>(house.plane.session().calls);
        forged.forEach((command, code) -> assertEquals(code, house.refusal("c", command), command::toString));
        assertEquals(before, house.plane.session().calls, "the SFU never hears of it");
        assertEquals(List.of(), house.hears("a"));
        assertEquals(List.of(), house.hears("b"));
    }

    @Test
    void pausingIsToldToAllAndToTheConsumers() {
        house.ask("a", new RoomCommand.PauseProducer(producer));
        house.ask("a", new RoomCommand.PauseProducer(producer));
        assertEquals(
                List.of(new ProducerPaused(producer, "a"), new ConsumerPaused(consumer, producer)), house.hears("b"));
        assertEquals(List.of(new ProducerPaused(producer, "a")), house.hears("c"));
        assertEquals(List.of(), house.hears("a"));
        house.ask("a", new RoomCommand.ResumeProducer(producer));
        assertEquals(2, house.hears("b").size());
    }

    @Test
    void closingAProducerClosesItsConsumers() {
        house.ask("a", new RoomCommand.CloseProducer(producer));
        assertEquals(
                List.of(new ProducerClosed(producer, "a"), new ConsumerClosed(consumer, producer)), house.hears("b"));
        house.plane.session().listener.consumerClosed(consumer);
        assertEquals(List.of(), house.hears("b"), "it is told once");
        assertEquals(RoomErrorCode.CONSUMER_NOT_FOUND, house.refusal("b", new RoomCommand.ResumeConsumer(consumer)));
    }

    @Test
    void closedTransportTakesItsProducersWithIt() {
        house.plane.session().listener.transportState(send, TransportState.CLOSED);
        assertEquals(
                List.of(new ProducerClosed(producer, "a"), new ConsumerClosed(consumer, producer)), house.hears("b"));
        assertFalse(house.plane.session().transports.contains(send));
        assertEquals(RoomErrorCode.TRANSPORT_NOT_FOUND, house.refusal("a", new RoomCommand.RestartIce(send)));
    }

    @Test
    void leaverTakesItsMediaWithIt() {
        house.ask("a", new RoomCommand.Leave());
        assertEquals(
                List.of(new ProducerClosed(producer, "a"), new ConsumerClosed(consumer, producer), house.left("a")),
                house.hears("b"));
        assertFalse(house.plane.session().transports.contains(send));
        assertTrue(house.plane.session().transports.contains(recv));
    }

    @Test
    void transportThatComesTooLateIsClosed() {
        CompletableFuture<RoomReply.TransportCreated> reply = new CompletableFuture<>();
        house.rooms.ask(House.ROOM, "c", new RoomCommand.CreateTransport(TransportDirection.SEND), reply);
        house.rooms.ask(House.ROOM, "c", new RoomCommand.Leave(), new CompletableFuture<>());
        house.loop.run();
        assertTrue(reply.isCompletedExceptionally());
        assertEquals(Set.of(send, recv), house.plane.session().transports);
    }

    @Test
    void directionsAreKept() {
        assertEquals(
                RoomErrorCode.INVALID_MESSAGE,
                house.refusal(
                        "b",
                        new RoomCommand.Consume(house.transport("b", TransportDirection.SEND), producer, null, true)));
    }

    @Test
    void refusalsOfTheSfuAreTranslated() {
        assertEquals(
                RoomErrorCode.CANNOT_CONSUME,
                house.refusal(
                        "b", new RoomCommand.Consume(recv, producer, new RtpCapabilities(List.of(), List.of()), true)));
    }

    @Test
    void viewersMayNotPublish() {
        house.join(
                "v",
                new RoomCommand.Join(
                        Dialect.CALL,
                        "v",
                        ParticipantRole.VIEWER,
                        null,
                        null,
                        null,
                        new MeshSupport.None(),
                        null,
                        EnumSet.of(Permission.SUBSCRIBE)));
        String transport = house.transport("v", TransportDirection.SEND);
        RoomErrorCode code = null;
        try {
            house.produce("v", transport, false);
        } catch (RoomException refusal) {
            code = refusal.code();
        }
        assertEquals(RoomErrorCode.FORBIDDEN, code);
        assertEquals(
                RoomErrorCode.INVALID_MESSAGE,
                house.refusal(
                        "v",
                        new RoomCommand.Consume(house.transport("v", TransportDirection.RECV), producer, null, true)),
                "it never told what it can receive");
    }

    @Test
    void atTheLimitTheOldestDeadTransportGivesWay() {
        List<String> transports = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            transports.add(house.connectedTransport("c", TransportDirection.RECV));
        }
        assertEquals(
                RoomErrorCode.RATE_LIMITED,
                house.refusal("c", new RoomCommand.CreateTransport(TransportDirection.RECV)));
        house.plane.session().listener.transportState(transports.get(2), TransportState.DISCONNECTED);
        house.loop.run();
        house.transport("c", TransportDirection.RECV);
        assertFalse(house.plane.session().transports.contains(transports.get(2)));
        assertTrue(house.plane.session().transports.contains(transports.get(0)));
    }

    @Test
    void loudestBecomesTheActiveSpeaker() {
        house.plane.session().listener.audioLevels(Map.of(producer, -20));
        house.plane.session().listener.audioLevels(Map.of(producer, -20));
        List<RoomEvent> heard = house.hears("c");
        assertEquals(new RoomEvent.AudioLevels(List.of(new PeerLevel("a", -20))), heard.getFirst());
        assertEquals(
                1,
                heard.stream().filter(new RoomEvent.ActiveSpeaker("a")::equals).count());
    }

    @Test
    void layersAreToldToTheConsumersOwner() {
        house.plane.session().listener.layersChanged(consumer, 1, 2);
        assertEquals(List.of(new RoomEvent.LayersChanged(consumer, 1, 2)), house.hears("b"));
        assertEquals(List.of(), house.hears("c"));
    }

    @Test
    void eventsOfADeadSessionMeanNothing() {
        FakeMediaPlane.Session dead = house.plane.session();
        dead.lose();
        house.loop.run();
        house.forgetHeard();
        dead.listener.transportState(send, TransportState.CONNECTED);
        dead.listener.consumerClosed(consumer);
        dead.listener.sessionLost("again");
        assertEquals(List.of(), house.hears("b"));
        assertEquals(2, house.plane.sessions.size());
    }
}
