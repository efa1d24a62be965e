package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.app.CallClient.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dialects of plain clients over real connections, with the official Java client. */
@Tag("integration")
class PlainClientsTest {
    private static final String SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    private StartedFoyer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server = new StartedFoyer(Map.of("MEDIASOUP_WORKERS", "1"));
        port = server.foyer().ports().getFirst();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static JSONObject description(String type) throws JSONException {
        return json("type", type, "sdp", SDP);
    }

    private static JSONObject json(Object... pairs) throws JSONException {
        JSONObject object = new JSONObject();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }

    @Test
    void signalingClientsMeetTalkAndPart() throws Exception {
        try (CallClient ada = CallClient.connected(port, "/signaling");
                CallClient bob = CallClient.connected(port, "/signaling")) {
            ada.send("join-room", json("roomId", "r", "userId", "ada", "role", "speaker"));
            Received joined = ada.await("room-joined");
            assertEquals(1, joined.arguments(), "the offset of recovery would be one more");
            assertTrue(joined.json().getBoolean("success"));
            bob.send("join-room", json("roomId", "r", "userId", "bob", "role", "speaker"));
            assertEquals(bob.id(), ada.await("peer-joined").json().getString("peerId"));

            ada.send("offer", description("offer").put("to", bob.id()).put("from", "forged"));
            JSONObject offer = bob.await("offer").json();
            assertEquals(ada.id(), offer.getString("from"));
            assertEquals(SDP, offer.getString("sdp"));
            assertFalse(offer.has("to"));
            bob.send("answer", description("answer").put("to", ada.id()));
            assertEquals(bob.id(), ada.await("answer").json().getString("from"));
            assertEquals(ada.id(), bob.await("peer-joined").json().getString("peerId"), "held until it answered");
            String line = "candidate:1 1 udp 1 127.0.0.1 9 typ host";
            JSONObject candidate = json("candidate", line);
            ada.send("ice-candidate", json("to", bob.id(), "candidate", candidate));
            assertEquals(
                    line,
                    bob.await("ice-candidate").json().getJSONObject("candidate").getString("candidate"));

            bob.send("leave-room", json("roomId", "r"));
            assertEquals(bob.id(), ada.await("peer-left").json().getString("peerId"));
            ada.send("offer", new JSONArray(), 7, new byte[] {1});
            assertEquals("INVALID_MESSAGE", ada.await("error").json().getString("code"));
        }
    }

    @Test
    void webrtcAndGuideClientsMeetOnBothNamesOfTheMainNamespace() throws Exception {
        try (CallClient web = CallClient.connected(port);
                CallClient guide = CallClient.connected(port, "/ws");
                CallClient other = CallClient.connected(port, "/ws")) {
            web.send("webrtc:join-room", json("callRoomId", "r", "userId", "web"));
            assertEquals(1, web.await("webrtc:room-joined").json().getInt("participantCount"));
            guide.send("join-room", json("roomId", "r", "userId", "guide"));
            JSONObject state = guide.await("room-state").json();
            assertEquals("sfu", state.getString("mode"), "nobody translates offers between dialects");
            assertEquals(2, state.getJSONArray("participants").length());
            assertTrue(guide.await("transport-created")
                            .json()
                            .getJSONArray("iceCandidates")
                            .length()
                    > 0);
            assertEquals(
                    guide.id(),
                    web.await("webrtc:participant-joined")
                            .json()
                            .getJSONObject("participant")
                            .getString("socketId"));

            other.send("join-room", json("roomId", "mesh", "userId", "other"));
            assertEquals("p2p", other.await("room-state").json().getString("mode"));
            guide.send("join-room", json("roomId", "mesh", "userId", "guide"));
            assertEquals("guide", other.await("user-joined").json().getString("userId"));
            JSONObject offer = json("roomId", "mesh", "targetUserId", "guide");
            other.send("webrtc-offer", offer.put("offer", description("offer")));
            assertEquals("other", guide.await("webrtc-offer").json().getString("fromUserId"));

            web.send(
                    "webrtc:offer",
                    json("callRoomId", "mesh", "targetSocketId", other.id()).put("offer", description("offer")));
            assertEquals(
                    "NOT_IN_ROOM", web.await("webrtc:signaling-error").json().getString("code"));
            other.send("start-screen-share");
            assertEquals("other", guide.await("screen-share-started").json().getString("userId"));
        }
    }

    @Test
    void relayedSignalsAreCounted() throws Exception {
        try (CallClient ada = CallClient.connected(port, "/signaling");
                CallClient bob = CallClient.connected(port, "/signaling");
                HttpClient http = HttpClient.newHttpClient()) {
            ada.ask("join-room", json("roomId", "r", "userId", "ada", "role", "speaker"));
            bob.ask("join-room", json("roomId", "r", "userId", "bob", "role", "speaker"));
            ada.ask("offer", description("offer").put("to", bob.id()));
            String metrics = http.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertTrue(
                    metrics.contains(
                            "foyer_signals_total{dialect=\"signaling\",kind=\"offer\",outcome=\"relayed\"} 1.0"),
                    metrics);
        }
    }
}
