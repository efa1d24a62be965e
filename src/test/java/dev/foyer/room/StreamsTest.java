package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.room.RoomEvent.NewProducer;
import dev.foyer.room.RoomEvent.ProducerClosed;
import dev.foyer.room.RoomEvent.Removed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** WHIP publishers and WHEP watchers of a room. */
class StreamsTest {
    private final House house = new House();

    private static RoomCommand.Join whip(String userId, Permission... permissions) {
        return new RoomCommand.Join(
                Dialect.WHIP,
                userId,
                ParticipantRole.PARTICIPANT,
                null,
                null,
                null,
                new MeshSupport.None(),
                null,
                Set.of(permissions));
    }

    private static String offer(String session, String... sections) {
        return FakeSdp.of(session, sections).text();
    }

    private RoomReply.Answered publish(String id) {
        house.join(id, whip("user-" + id, Permission.PUBLISH));
        return house.ask(id, new RoomCommand.Publish(offer("1" + id, "audio sendonly", "video sendonly")));
    }

    private FakeConnection watch(String id, Target of, String... sections) {
        house.join(id, whip("user-" + id, Permission.SUBSCRIBE));
        RoomReply.Answered answered = house.ask(id, new RoomCommand.Subscribe(offer("2" + id, sections), of));
        return house.plane.session().connections.get(answered.connectionId());
    }

    private FakeConnection connection(RoomReply.Answered answered) {
        return house.plane.session().connections.get(answered.connectionId());
    }

    private void speaks(String producer) {
        for (int i = 0; i < 4; i++) {
            house.plane.session().listener.audioLevels(Map.of(producer, -10));
            house.loop.advance(400);
        }
    }

    @Test
    void publisherIsAParticipantWhoseTracksAreProducers() {
        house.join("a");
        house.forgetHeard();
        RoomReply.Answered answered = publish("w");
        assertEquals(
                List.of("recvonly", "recvonly"),
                FakeSdp.parse(answered.sdp()).sections().stream()
                        .map(FakeSdp.Section::direction)
                        .toList());
        List<NewProducer> told = house.hears("a", NewProducer.class);
        assertEquals(
                List.of(MediaKind.AUDIO, MediaKind.VIDEO),
                told.stream().map(event -> event.producer().kind()).toList());
        assertEquals("w", told.getFirst().producer().peerId());
        assertFalse(house.ask("w", new RoomCommand.GetStats(StatsSubject.TRANSPORT, answered.connectionId()))
                .stats()
                .isEmpty());
        house.ask("w", new RoomCommand.RestartIce(answered.connectionId()));
    }

    @Test
    void publishingTakesThePermission() {
        house.join("w", whip("w", Permission.SUBSCRIBE));
        assertEquals(
                RoomErrorCode.FORBIDDEN, house.refusal("w", new RoomCommand.Publish(offer("1", "audio sendonly"))));
        house.join("v", whip("v", Permission.PUBLISH));
        assertEquals(
                RoomErrorCode.FORBIDDEN,
                house.refusal("v", new RoomCommand.Subscribe(offer("1", "audio recvonly"), null)));
    }

    @Test
    void refusedOfferLeavesNothingBehind() {
        house.join("w", whip("w", Permission.PUBLISH));
        assertEquals(RoomErrorCode.INVALID_MESSAGE, house.refusal("w", new RoomCommand.Publish("hello")));
        assertEquals(Map.of(), house.plane.session().connections);
    }

    @Test
    void secondPublishReplacesTheFirst() {
        house.join("a");
        RoomReply.Answered first = publish("w");
        house.forgetHeard();
        RoomReply.Answered second =
                house.ask("w", new RoomCommand.Publish(offer("9", "audio sendonly", "video sendonly")));
        assertEquals(
                Set.of(second.connectionId()), house.plane.session().connections.keySet());
        assertFalse(first.connectionId().equals(second.connectionId()));
        assertEquals(2, house.hears("a", ProducerClosed.class).size());
    }

    @Test
    void watcherGetsAsManyAsItHasSectionsAndLaterOnesWhenTheyCome() {
        List<String> first = connection(publish("w1")).receiving();
        FakeConnection watching = watch("v", null, "audio recvonly", "video recvonly", "video recvonly");
        assertEquals(Map.of("audio-0", first.get(0), "video-0", first.get(1)), watching.sending());
        List<String> second = connection(publish("w2")).receiving();
        assertEquals(
                Map.of("audio-0", first.get(0), "video-0", first.get(1), "video-1", second.get(1)), watching.sending());
        house.ask("w1", new RoomCommand.Leave());
        assertEquals(Map.of("audio-0", second.get(0), "video-1", second.get(1)), watching.sending());
    }

    @Test
    void oneVideoSectionShowsWhoSpeaks() {
        List<String> first = connection(publish("w1")).receiving();
        List<String> second = connection(publish("w2")).receiving();
        FakeConnection watching = watch("v", null, "video recvonly");
        assertEquals(Map.of("video-0", first.get(1)), watching.sending());
        speaks(second.get(0));
        assertEquals(Map.of("video-0", second.get(1)), watching.sending());
        speaks(first.get(0));
        assertEquals(Map.of("video-0", first.get(1)), watching.sending());
    }

    @Test
    void cameraTrackThatShowsAScreenGoesBeforeWhoeverSpeaks() {
        List<String> first = connection(publish("w1")).receiving();
        List<String> second = connection(publish("w2")).receiving();
        FakeConnection watching = watch("v", null, "video recvonly");
        house.ask("w2", new RoomCommand.ShareScreen(true));
        assertEquals(Map.of("video-0", second.get(1)), watching.sending());
        speaks(first.get(0));
        assertEquals(Map.of("video-0", second.get(1)), watching.sending());
        house.ask("w2", new RoomCommand.ShareScreen(false));
        assertEquals(Map.of("video-0", first.get(1)), watching.sending());
    }

    @Test
    void screenGoesBeforeWhoeverSpeaks() {
        List<String> camera = connection(publish("w")).receiving();
        FakeConnection watching = watch("v", null, "video recvonly");
        house.join("a", House.plain("a"));
        String transport = house.connectedTransport("a", TransportDirection.SEND);
        String screen = house.ask(
                        "a",
                        new RoomCommand.Produce(
                                transport,
                                MediaKind.VIDEO,
                                new dev.foyer.ortc.RtpParameters(
                                        "0",
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        new dev.foyer.ortc.RtcpParameters(null, true)),
                                Map.of("source", "screen"),
                                false))
                .producerId();
        assertEquals(Map.of("video-0", screen), watching.sending());
        speaks(camera.get(0));
        assertEquals(Map.of("video-0", screen), watching.sending());
    }

    @Test
    void oneParticipantAloneCanBeWatched() {
        publish("w1");
        List<String> second = connection(publish("w2")).receiving();
        FakeConnection watching = watch("v", new Target.Peer("w2"), "video recvonly", "video recvonly");
        assertEquals(Map.of("video-0", second.get(1)), watching.sending());
        assertEquals(
                RoomErrorCode.PARTICIPANT_NOT_FOUND,
                house.refusal("v", new RoomCommand.Subscribe(offer("5", "video recvonly"), new Target.Peer("nobody"))));
    }

    @Test
    void seatEndsWithTheConnection() {
        RoomReply.Answered answered = publish("w");
        house.plane.session().listener.transportState(answered.connectionId(), TransportState.DISCONNECTED);
        house.loop.advance(29_999);
        assertEquals(List.of(), house.hears("w", Removed.class));
        house.loop.advance(1);
        assertEquals(List.of(new Removed(RoomErrorCode.TRANSPORT_NOT_FOUND)), house.hears("w", Removed.class));
        assertEquals(0, house.rooms.participantCount());
    }

    @Test
    void returningConnectionKeepsTheSeat() {
        RoomReply.Answered answered = publish("w");
        house.plane.session().listener.transportState(answered.connectionId(), TransportState.DISCONNECTED);
        house.loop.advance(10_000);
        house.plane.session().connect(answered.connectionId());
        house.loop.advance(60_000);
        assertEquals(1, house.rooms.participantCount());
    }

    @Test
    void lostSessionEndsTheSeatOfAPublisher() {
        house.join("a");
        publish("w");
        house.plane.session().lose();
        house.loop.advance(1);
        assertTrue(house.hears("w").contains(new Removed(RoomErrorCode.TRANSPORT_NOT_FOUND)));
        assertEquals(1, house.rooms.participantCount());
    }
}
