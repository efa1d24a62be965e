package dev.foyer.dialect.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.room.PeerLevel;
import dev.foyer.room.Playback;
import dev.foyer.room.RoomEvent;
import dev.foyer.socketio.DisconnectReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clients of the dialect see. */
class CallDialectTest {
    static final Map<String, Object> DTLS =
            Map.of("role", "client", "fingerprints", List.of(Map.of("algorithm", "sha-256", "value", "AB:CD")));
    static final Map<String, Object> VIDEO = Map.of(
            "codecs",
            List.of(Map.of("mimeType", "video/VP8", "payloadType", 96, "clockRate", 90000)),
            "encodings",
            List.of(Map.of("ssrc", 4294967295L)));

    private final CallHouse house = new CallHouse();

    @Test
    void plainClientOfTheSeedPublishesAndSubscribes() {
        FakeSocket alice = house.connect("a");
        Map<String, Object> created = house.data(alice, "createRoom", Map.of("callId", "r"));
        assertEquals("r", created.get("callId"));
        Map<String, Object> capabilities = CallHouse.object(created.get("rtpCapabilities"));
        Map<String, Object> joined = house.data(
                alice, "joinRoom", Map.of("callId", "r", "userId", "alice", "rtpCapabilities", capabilities));
        assertEquals(List.of(), joined.get("peers"));
        assertEquals("sfu", joined.get("mode").toString());

        FakeSocket bob = house.connect("b");
        joined = house.data(bob, "joinRoom", Map.of("callId", "r", "userId", "bob", "rtpCapabilities", capabilities));
        assertEquals("alice", CallHouse.list(joined.get("peers")).getFirst().get("userId"));
        Map<String, Object> peerJoined = alice.heard("peerJoined").getFirst();
        assertEquals("b", peerJoined.get("peerId"));
        assertEquals("bob", peerJoined.get("userId"));

        Object send = house.data(alice, "createTransport", Map.of("direction", "send"))
                .get("id");
        house.data(alice, "connectTransport", Map.of("transportId", send, "dtlsParameters", DTLS));
        Map<String, Object> produced = house.data(
                alice,
                "produce",
                Map.of("transportId", send, "kind", "video", "rtpParameters", VIDEO, "appData", Map.of("a", 1)));
        assertEquals(produced.get("id"), produced.get("producerId"));

        Map<String, Object> announced = bob.heard("newProducer").getFirst();
        assertEquals(
                Map.of("producerId", produced.get("id"), "peerId", "a", "userId", "alice", "paused", false),
                CallHouse.without(CallHouse.without(announced, "kind"), "appData"));
        assertEquals("video", announced.get("kind").toString());
        assertEquals(
                announced,
                CallHouse.list(house.data(bob, "getProducers", Map.of("callId", "r"))
                                .get("producers"))
                        .getFirst());

        Object recv =
                house.data(bob, "createTransport", Map.of("direction", "recv")).get("id");
        Map<String, Object> consumed = house.data(
                bob,
                "consume",
                Map.of(
                        "transportId", recv,
                        "producerId", produced.get("id"),
                        "rtpCapabilities", capabilities));
        assertEquals(consumed.get("id"), consumed.get("consumerId"));
        assertEquals("a", consumed.get("peerId"));
        assertEquals("simple", consumed.get("type"));
        assertEquals(Map.of("a", 1), consumed.get("appData"));
        house.data(bob, "resumeConsumer", Map.of("consumerId", consumed.get("id")));

        house.data(alice, "leaveRoom");
        assertEquals(List.of(Map.of("peerId", "a", "userId", "alice")), bob.heard("peerLeft"));
    }

    @Test
    void meshClientsLearnOfEachOther() {
        FakeSocket a = house.joined("a");
        FakeSocket b = house.connect("b");
        Map<String, Object> joined = house.data(
                b,
                "joinRoom",
                Map.of(
                        "callId", "r",
                        "userId", "bob",
                        "role", "host",
                        "displayName", "Bob",
                        "mediaState", Map.of("audio", true),
                        "mesh", true));
        assertEquals("b", joined.get("peerId"));
        assertEquals("p2p", joined.get("mode").toString());
        assertEquals(1L, joined.get("epoch"));
        assertEquals(true, joined.get("committed"));
        assertEquals(
                Map.of("id", "r", "type", "mansion", "metadata", Map.of(), "maxParticipants", 500), joined.get("room"));
        assertEquals(List.of(Map.of("urls", List.of("stun:localhost"))), joined.get("iceServers"));
        assertEquals(
                List.of(Map.of("peerId", "a", "userId", "user-a", "role", "speaker", "polite", false)),
                joined.get("peers"));
        assertEquals(
                List.of(Map.of(
                        "peerId", "b",
                        "userId", "bob",
                        "role", "moderator",
                        "displayName", "Bob",
                        "mediaState", Map.of("audio", true),
                        "polite", true)),
                a.heard("peerJoined"));
        assertEquals(40, a.extraBurst);
        assertEquals(40, b.extraBurst);
    }

    @Test
    void signalsPassUnreadUnderTheServersOwnSenderId() {
        FakeSocket a = house.joined("a");
        FakeSocket b = house.joined("b");
        Map<String, Object> description = Map.of("type", "offer", "sdp", "v=0\r\n");
        house.data(a, "signal", Map.of("to", "b", "epoch", 1, "from", "somebody else", "description", description));
        assertEquals(List.of(Map.of("from", "a", "epoch", 1L, "description", description)), b.heard("signal"));
        Map<String, Object> end = new HashMap<>(Map.of("to", "b", "epoch", 1));
        end.put("candidate", null);
        house.data(a, "signal", end);
        Map<String, Object> heard = b.heard("signal").getFirst();
        assertTrue(heard.containsKey("candidate"), "end-of-candidates is a null candidate");
        house.data(a, "signal", Map.of("to", "b", "epoch", 7, "candidate", Map.of("candidate", "")));
        assertEquals(List.of(), b.heard("signal"), "another epoch is dropped in silence");
        assertEquals(
                "PARTICIPANT_NOT_FOUND",
                house.code(a, "signal", Map.of("to", "x", "epoch", 1, "description", description)));
        assertEquals("INVALID_MESSAGE", house.code(a, "signal", Map.of("to", "b", "epoch", 1)));
    }

    @Test
    void fourthTipsTheRoomOnTheWire() {
        List<FakeSocket> sockets = List.of(house.joined("a"), house.joined("b"), house.joined("c"));
        FakeSocket d = house.connect("d");
        Map<String, Object> joined = house.data(d, "joinRoom", Map.of("callId", "r", "userId", "user-d", "mesh", true));
        assertEquals("sfu", joined.get("mode").toString());
        assertEquals(false, joined.get("committed"));
        assertEquals("participants", joined.get("reason").toString());
        Map<String, Object> changed = sockets.getFirst().heard("modeChanged").getFirst();
        assertEquals(Set.of("mode", "epoch", "reason", "rtpCapabilities", "iceServers"), changed.keySet());
        for (FakeSocket socket : List.of(sockets.get(0), sockets.get(1), sockets.get(2), d)) {
            house.data(socket, "modeReady", Map.of("epoch", 2));
        }
        assertEquals(List.of(Map.of("epoch", 2L)), d.heard("modeCommitted"));
    }

    @Test
    void tippingJoinerWithoutSfuIsToldAndOut() {
        house.joined("a");
        house.joined("b");
        house.joined("c");
        FakeSocket d = house.joined("d");
        house.loop.advance(5_000);
        Map<String, Object> error = d.heard("error").getFirst();
        assertEquals("SFU_UNAVAILABLE", error.get("code"));
        assertEquals(error.get("error"), error.get("message"));
        assertEquals("NOT_IN_ROOM", house.code(d, "getProducers", Map.of()));
        assertEquals("NOT_IN_ROOM", house.code(d, "getProducers", Map.of("callId", "r")));
        assertEquals("ROOM_NOT_FOUND", house.code(d, "getProducers", Map.of("callId", "elsewhere")));
    }

    @Test
    void joiningAnotherRoomLeavesTheFirst() {
        FakeSocket a = house.joined("a");
        FakeSocket b = house.joined("b");
        house.data(a, "joinRoom", Map.of("callId", "other", "userId", "u", "mesh", true));
        assertEquals(1, b.heard("peerLeft").size());
        house.data(b, "chat", Map.of("text", "gone?"));
        assertEquals(List.of(), a.heard("chat"));
    }

    @Test
    void failedJoinKeepsTheFirstRoom() {
        house.data(
                house.connect("x"), "createRoom", Map.of("callId", "small", "options", Map.of("maxParticipants", 1)));
        FakeSocket taker = house.connect("taker");
        house.data(taker, "joinRoom", Map.of("callId", "small", "userId", "u"));
        FakeSocket a = house.joined("a");
        FakeSocket b = house.joined("b");
        assertEquals("ROOM_FULL", house.code(a, "joinRoom", Map.of("callId", "small", "userId", "u")));
        house.data(b, "chat", Map.of("text", "still here"));
        assertEquals("still here", a.heard("chat").getFirst().get("text"));
    }

    @Test
    void chatHandsAndUpdatesReachTheRoom() {
        FakeSocket a = house.joined("a");
        FakeSocket b = house.joined("b");
        house.data(a, "chat", Map.of("text", "line one\nline two"));
        Map<String, Object> chat =
                Map.of("peerId", "a", "userId", "user-a", "text", "line one\nline two", "at", 1_700_000_000_000L);
        assertEquals(List.of(chat), a.heard("chat"));
        assertEquals(List.of(chat), b.heard("chat"));
        house.data(a, "raiseHand");
        assertEquals(List.of(Map.of("peerId", "a", "userId", "user-a", "raised", true)), b.heard("raiseHand"));
        house.data(a, "updatePeer", Map.of("displayName", "Ann"));
        assertEquals("Ann", b.heard("peerUpdated").getFirst().get("displayName"));
    }

    @Test
    void failuresWithoutCallbackAreErrorEvents() {
        FakeSocket a = house.connect("a");
        a.send("createTransport", Map.of("direction", "send"));
        house.loop.run();
        assertEquals(
                List.of(Map.of(
                        "success", false,
                        "error", "Not in room",
                        "message", "Not in room",
                        "code", "NOT_IN_ROOM",
                        "event", "createTransport")),
                a.heard("error"));
        a.send("joinRoom", Map.of("callId", "r", "userId", "u", "mesh", true));
        house.loop.run();
        assertEquals(List.of(), a.heard("error"));
        assertEquals("PRODUCER_NOT_FOUND", house.code(a, "closeProducer", Map.of("producerId", "x")));
    }

    @Test
    void rateLimitAndUnreadablePacketsAreAnswered() {
        FakeSocket a = house.connect("a");
        List<Object> replies = new ArrayList<>();
        a.listener().onRateLimited("chat", reply -> replies.addAll(List.of(reply)), 250);
        assertEquals(
                Map.of("success", false, "error", "Too many messages", "code", "RATE_LIMITED", "retryAfterMs", 250L),
                replies.getFirst());
        a.listener().onInvalidEvent("chat", null);
        assertEquals("INVALID_MESSAGE", a.heard("error").getFirst().get("code"));
    }

    @Test
    void lostTransportReturnsToItsSeat() {
        FakeSocket a = house.joined("a");
        FakeSocket b = house.joined("b");
        a.listener().onSuspended();
        house.loop.advance(5_000);
        assertEquals(1, b.heard("peerLeft").size());
        a.listener().onResumed(true);
        house.loop.run();
        assertEquals("a", b.heard("peerJoined").getFirst().get("peerId"));
        house.data(a, "chat", Map.of("text", "back"));
    }

    @Test
    void clientThatLostItsStateHearsNothingUntilItJoinsAgain() {
        FakeSocket a = house.joined("a");
        FakeSocket b = house.joined("b");
        a.listener().onSuspended();
        a.listener().onResumed(false);
        house.data(b, "chat", Map.of("text", "there?"));
        assertEquals(List.of(), a.heard("chat"));
        assertEquals("NOT_IN_ROOM", house.code(a, "chat", Map.of("text", "where am I")));
        house.data(a, "joinRoom", Map.of("callId", "r", "userId", "user-a", "mesh", true));
        assertEquals(1, b.heard("peerLeft").size());
        assertEquals(1, b.heard("peerJoined").size());
    }

    @Test
    void disconnectIsADepartureAtOnce() {
        FakeSocket a = house.joined("a");
        FakeSocket b = house.joined("b");
        a.listener().onDisconnected(DisconnectReason.CLIENT);
        house.loop.run();
        assertEquals(List.of(Map.of("peerId", "a", "userId", "user-a")), b.heard("peerLeft"));
    }

    @Test
    void socketThatIsGoneBeforeItsJoinIsThroughLeavesNoGhost() {
        FakeSocket a = house.connect("a");
        a.send("joinRoom", Map.of("callId", "r", "userId", "u"));
        a.disconnect(true);
        a.listener().onDisconnected(DisconnectReason.CLIENT);
        house.loop.run();
        assertEquals(0, house.rooms.participantCount());
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void tokenDecidesWhoMayDoWhat() {
        FakeSocket viewer = house.connect("v", new Identity("tom", "Tom", "r", "audience", Set.of(Grant.SUBSCRIBE)));
        assertEquals("FORBIDDEN", house.code(viewer, "createRoom", Map.of("callId", "r")));
        assertEquals("ROOM_NOT_FOUND", house.code(viewer, "joinRoom", Map.of("callId", "r")));
        FakeSocket a = house.joined("a");
        assertEquals("FORBIDDEN", house.code(viewer, "joinRoom", Map.of("callId", "other")));
        assertEquals("FORBIDDEN", house.code(viewer, "joinRoom", Map.of("callId", "r", "userId", "ann")));
        house.data(viewer, "joinRoom", Map.of("callId", "r", "role", "host"));
        Map<String, Object> joined = a.heard("peerJoined").getFirst();
        assertEquals("tom", joined.get("userId"));
        assertEquals("Tom", joined.get("displayName"));
        assertEquals("audience", joined.get("role"));
        Object send = house.data(viewer, "createTransport", Map.of("direction", "send"))
                .get("id");
        assertEquals(
                "FORBIDDEN",
                house.code(viewer, "produce", Map.of("transportId", send, "kind", "video", "rtpParameters", VIDEO)));
    }

    @Test
    void everyEventOfTheRoomHasItsMessage() {
        FakeSocket socket = new FakeSocket("s");
        Map<RoomEvent, Object> expected = new LinkedHashMap<>();
        expected.put(
                new RoomEvent.ProducerPaused("p", "a"),
                List.of("producerPaused", Map.of("producerId", "p", "peerId", "a")));
        expected.put(
                new RoomEvent.ProducerResumed("p", "a"),
                List.of("producerResumed", Map.of("producerId", "p", "peerId", "a")));
        expected.put(
                new RoomEvent.ProducerClosed("p", "a"),
                List.of("producerClosed", Map.of("producerId", "p", "peerId", "a")));
        expected.put(
                new RoomEvent.ConsumerPaused("c", "p"),
                List.of("consumerPaused", Map.of("consumerId", "c", "producerId", "p")));
        expected.put(
                new RoomEvent.ConsumerResumed("c", "p"),
                List.of("consumerResumed", Map.of("consumerId", "c", "producerId", "p")));
        expected.put(
                new RoomEvent.ConsumerClosed("c", "p"),
                List.of("consumerClosed", Map.of("consumerId", "c", "producerId", "p")));
        expected.put(
                new RoomEvent.LayersChanged("c", 1, -1),
                List.of("layersChanged", Map.of("consumerId", "c", "spatialLayer", 1, "temporalLayer", -1)));
        expected.put(new RoomEvent.ActiveSpeaker("a"), List.of("activeSpeaker", Map.of("peerId", "a")));
        expected.put(
                new RoomEvent.AudioLevels(List.of(new PeerLevel("a", -30))),
                List.of("audioLevels", List.of(Map.of("peerId", "a", "level", -30))));
        expected.put(new RoomEvent.RoomClosed("why"), List.of("roomClosed", Map.of("reason", "why")));
        expected.put(new RoomEvent.Moved(null), List.of("moved", Map.of()));
        expected.put(new RoomEvent.Moved("https://localhost"), List.of("moved", Map.of("url", "https://localhost")));
        expected.put(
                new RoomEvent.PlaybackChanged(new Playback("u", 1, true, 1.5, 2)),
                List.of("playback", Map.of("url", "u", "position", 1.0, "playing", true, "rate", 1.5, "at", 2L)));
        expected.forEach((event, message) -> {
            CallEvents.send(socket, event);
            FakeSocket.Emitted emitted = socket.emitted.removeLast();
            assertEquals(message, List.of(emitted.event(), emitted.payload()));
        });
    }
}
