package dev.foyer.dialect.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.dialect.FakeSocket;
import java.util.List;
import java.util.Map;
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
}
