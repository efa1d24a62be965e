package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Signaling that a client may not send: the documented error goes back to who sent it, and nobody else hears of it. That
 * nothing was relayed is seen from what arrives next: a message sent after the error has come is the first to arrive.
 */
@Tag("integration")
class ForgedSignalingTest {
    private static final String SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    private static final String STRANGER = "somebody-else";

    private final List<CallClient> clients = new ArrayList<>();
    private StartedFoyer server;

    @BeforeEach
    void start() throws Exception {
        server = new StartedFoyer(Map.of());
    }

    @AfterEach
    void stop() {
        clients.forEach(CallClient::close);
        server.close();
    }

    @Test
    void signalingSaysWhoReallySent() throws Exception {
        CallClient ada = signaling("r", "ada");
        CallClient grace = signaling("r", "grace");
        ada.await("peer-joined");

        ada.send("offer", json("to", grace.id(), "from", STRANGER, "sdp", SDP, "type", "offer"));
        assertEquals(ada.id(), grace.await("offer").json().getString("from"));

        grace.send("answer", json("to", ada.id(), "from", STRANGER, "sdp", SDP, "type", "answer"));
        assertEquals(grace.id(), ada.await("answer").json().getString("from"));

        JSONObject candidate = json("candidate", "candidate:1 1 udp 1 127.0.0.1 9 typ host", "sdpMid", "0");
        ada.send("ice-candidate", json("to", grace.id(), "from", STRANGER, "candidate", candidate));
        assertEquals(ada.id(), grace.await("ice-candidate").json().getString("from"));
    }

    @Test
    void signalingStaysInItsRoom() throws Exception {
        CallClient ada = signaling("r", "ada");
        CallClient grace = signaling("r", "grace");
        ada.await("peer-joined");
        CallClient eve = signaling("elsewhere", "eve");

        for (String event : List.of("offer", "answer", "ice-candidate")) {
            eve.send(event, signalingMessage(event, grace.id()));
            assertError("PARTICIPANT_NOT_FOUND", event, eve.await("error").json());
        }
        assertFirstIs("offer", ada, signalingMessage("offer", grace.id()), grace);
    }

    @Test
    void signalingNeedsARoomBeforeAndAfter() throws Exception {
        CallClient ada = signaling("r", "ada");
        CallClient grace = signaling("r", "grace");
        ada.await("peer-joined");
        CallClient eve = connect("/signaling");

        for (String event : List.of("offer", "answer", "ice-candidate")) {
            eve.send(event, signalingMessage(event, grace.id()));
            assertError("NOT_IN_ROOM", event, eve.await("error").json());
        }
        eve.send("join-room", json("roomId", "r", "userId", "eve", "role", "audience"));
        eve.await("room-joined");
        ada.await("peer-joined");
        eve.send("leave-room", json("roomId", "r"));
        ada.await("peer-left");
        eve.send("offer", signalingMessage("offer", grace.id()));
        assertError("NOT_IN_ROOM", "offer", eve.await("error").json());
        assertFirstIs("offer", ada, signalingMessage("offer", grace.id()), grace);
    }

    @Test
    void webrtcSaysWhoReallySentAndStaysInItsRoom() throws Exception {
        CallClient ada = webrtc("r", "ada");
        CallClient grace = webrtc("r", "grace");
        ada.await("webrtc:participant-joined");
        CallClient eve = webrtc("elsewhere", "eve");
        CallClient mallory = connect("/");

        eve.send("webrtc:offer", webrtcOffer("r", grace.id()));
        assertEquals("NOT_IN_ROOM", refusal(eve));
        eve.send("webrtc:offer", webrtcOffer("elsewhere", grace.id()));
        assertEquals("PARTICIPANT_NOT_FOUND", refusal(eve));
        eve.send("webrtc:offer", webrtcOffer("nowhere", grace.id()));
        assertEquals("ROOM_NOT_FOUND", refusal(eve));
        eve.send("webrtc:ice-candidate", json("callRoomId", "r", "candidate", json("candidate", "")));
        assertEquals("NOT_IN_ROOM", refusal(eve));
        mallory.send("webrtc:offer", webrtcOffer("r", grace.id()));
        assertEquals("NOT_IN_ROOM", refusal(mallory));
        eve.send("webrtc:leave-room", json("callRoomId", "elsewhere"));
        eve.await("webrtc:room-left");
        eve.send("webrtc:offer", webrtcOffer("r", grace.id()));
        assertEquals("NOT_IN_ROOM", refusal(eve));

        JSONObject offer = assertFirstIs(
                "webrtc:offer",
                ada,
                webrtcOffer("r", grace.id()).put("fromSocketId", STRANGER).put("fromUserId", STRANGER),
                grace);
        assertEquals(ada.id(), offer.getString("fromSocketId"));
        assertEquals("ada", offer.getString("fromUserId"));
    }

    @Test
    void guideSaysWhoReallySentAndStaysInItsRoom() throws Exception {
        CallClient ada = guide("r", "ada");
        CallClient grace = guide("r", "grace");
        ada.await("user-joined");
        CallClient eve = guide("elsewhere", "eve");
        CallClient mallory = connect("/");

        eve.send("webrtc-offer", guideOffer("grace").put("roomId", "r"));
        assertError("NOT_IN_ROOM", "webrtc-offer", eve.await("error").json());
        eve.send("webrtc-offer", guideOffer("grace"));
        assertError("PARTICIPANT_NOT_FOUND", "webrtc-offer", eve.await("error").json());
        mallory.send("webrtc-offer", guideOffer("grace"));
        assertError("NOT_IN_ROOM", "webrtc-offer", mallory.await("error").json());
        eve.send("leave-room", json("roomId", "elsewhere"));
        eve.send("webrtc-offer", guideOffer("grace"));
        assertError("NOT_IN_ROOM", "webrtc-offer", eve.await("error").json());
        mallory.send("join-room", json("roomId", "one", "userId", "mallory", "mediaState", new JSONObject()));
        mallory.send("join-room", json("roomId", "two", "userId", "mallory", "mediaState", new JSONObject()));
        mallory.await("room-state");
        mallory.await("room-state");
        mallory.send("webrtc-offer", guideOffer("grace"));
        assertError("INVALID_MESSAGE", "webrtc-offer", mallory.await("error").json());

        JSONObject offer = assertFirstIs(
                "webrtc-offer",
                ada,
                guideOffer("grace").put("fromSocketId", STRANGER).put("fromUserId", STRANGER),
                grace);
        assertEquals(ada.id(), offer.getString("fromSocketId"));
        assertEquals("ada", offer.getString("fromUserId"));
    }

    @Test
    void mediasoupNeedsARoomThatWasJoined() throws Exception {
        CallClient ada = connect("/ws");
        ada.send("mediasoup:create-room", json("roomId", "r"));
        ada.await("mediasoup:room-created");
        CallClient eve = connect("/ws");

        for (String event : List.of("mediasoup:create-transport", "mediasoup:leave-room")) {
            JSONObject refused = eve.ask(event, json("roomId", "r", "direction", "send"));
            assertFalse(refused.getBoolean("success"));
            assertEquals("NOT_IN_ROOM", refused.getString("code"));
            JSONObject unknown = eve.ask(event, json("roomId", "nowhere", "direction", "send"));
            assertEquals("ROOM_NOT_FOUND", unknown.getString("code"));
            assertEquals("Room not found", unknown.getString("error"));
        }
    }

    @Test
    void callSaysWhoReallySentAndStaysInItsRoom() throws Exception {
        CallClient ada = connect("/");
        JSONObject joined = ada.data("joinRoom", json("callId", "r", "userId", "ada", "mesh", true));
        CallClient grace = connect("/");
        grace.data("joinRoom", json("callId", "r", "userId", "grace", "mesh", true));
        CallClient eve = connect("/");

        assertEquals("NOT_IN_ROOM", eve.ask("signal", callSignal(grace.id(), 1)).getString("code"));
        eve.data("joinRoom", json("callId", "elsewhere", "userId", "eve", "mesh", true));
        assertFalse(eve.ask("signal", callSignal(grace.id(), 1)).getBoolean("success"));
        eve.ask("leaveRoom", new JSONObject());
        assertEquals("NOT_IN_ROOM", eve.ask("signal", callSignal(grace.id(), 1)).getString("code"));

        JSONObject signal = assertFirstIs(
                "signal", ada, callSignal(grace.id(), joined.getInt("epoch")).put("from", STRANGER), grace);
        assertEquals(ada.id(), signal.getString("from"));
    }

    /** Sends a message that is in order and asserts that its receiver has got none of the kind before it. */
    private static JSONObject assertFirstIs(String event, CallClient sender, JSONObject message, CallClient receiver)
            throws Exception {
        sender.send(event, message);
        JSONObject first = receiver.await(event).json();
        String from = first.optString("from", first.optString("fromSocketId"));
        assertEquals(sender.id(), from, first.toString());
        return first;
    }

    private static void assertError(String code, String event, JSONObject error) throws JSONException {
        assertFalse(error.getBoolean("success"), error.toString());
        assertEquals(code, error.getString("code"), error.toString());
        assertEquals(event, error.getString("event"), error.toString());
        assertEquals(error.getString("error"), error.getString("message"), error.toString());
    }

    private static String refusal(CallClient client) throws Exception {
        return client.await("webrtc:signaling-error").json().getString("code");
    }

    private CallClient connect(String namespace) throws InterruptedException {
        CallClient client = new CallClient(server.foyer().ports().getFirst(), namespace, "");
        clients.add(client);
        client.await("connect");
        return client;
    }

    private CallClient signaling(String room, String user) throws Exception {
        CallClient client = connect("/signaling");
        client.send("join-room", json("roomId", room, "userId", user, "role", "speaker"));
        client.await("room-joined");
        return client;
    }

    private CallClient webrtc(String room, String user) throws Exception {
        CallClient client = connect("/");
        client.send("webrtc:join-room", json("callRoomId", room, "userId", user));
        client.await("webrtc:room-joined");
        return client;
    }

    private CallClient guide(String room, String user) throws Exception {
        CallClient client = connect("/");
        client.send("join-room", json("roomId", room, "userId", user, "mediaState", new JSONObject()));
        client.await("room-state");
        return client;
    }

    private static JSONObject signalingMessage(String event, String to) {
        return event.equals("ice-candidate")
                ? json("to", to, "candidate", json("candidate", "", "sdpMid", "0"))
                : json("to", to, "sdp", SDP, "type", event);
    }

    private static JSONObject webrtcOffer(String room, String target) {
        return json("callRoomId", room, "targetSocketId", target, "offer", json("type", "offer", "sdp", SDP));
    }

    private static JSONObject guideOffer(String target) {
        return json("targetUserId", target, "offer", json("type", "offer", "sdp", SDP));
    }

    private static JSONObject callSignal(String to, int epoch) {
        return json("to", to, "epoch", epoch, "description", json("type", "offer", "sdp", SDP));
    }

    private static JSONObject json(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new JSONObject(fields);
    }
}
