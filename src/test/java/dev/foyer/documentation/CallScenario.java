package dev.foyer.documentation;

import static dev.foyer.dialect.DialectHouse.object;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.DialectHouse;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.call.CallDialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A call in a cinema in which every request of the dialect is made once and succeeds. */
final class CallScenario {
    private static final Map<String, Object> CAPABILITIES =
            Map.of("codecs", List.of(Map.of("kind", "video", "mimeType", "video/VP8", "clockRate", 90000)));
    private static final Map<String, Object> DTLS =
            Map.of("fingerprints", List.of(Map.of("algorithm", "sha-256", "value", "AB:CD")));
    private static final Map<String, Object> VIDEO =
            Map.of("codecs", List.of(Map.of("mimeType", "video/VP8", "payloadType", 96, "clockRate", 90000)));

    private final DialectHouse house = new DialectHouse(CallDialect.PROTOCOL);
    private final FakeSocket ada = house.connect("a");
    private final FakeSocket bob = house.connect("b");
    private BiConsumer<String, Object> answered = (_, _) -> {};

    /** Plays it; each request and the data of its answer are passed on. */
    void play(BiConsumer<String, Object> listener) {
        answered = listener;
        ask(ada, "createRoom", Map.of("callId", "r", "type", "cinema", "options", Map.of("lobby", true)));
        ask(
                ada,
                "joinRoom",
                Map.of(
                        "callId", "r",
                        "userId", "ada",
                        "role", "host",
                        "displayName", "Ada",
                        "mediaState", Map.of("audio", true)));
        ask(ada, "playback", Map.of("url", "https://localhost/", "position", 1.5, "playing", true));
        ask(ada, "drift", Map.of("position", 1.5));
        ask(ada, "raiseHand", Map.of());
        ask(ada, "chat", Map.of("text", "hello"));
        ask(ada, "updatePeer", Map.of("displayName", "Ada"));
        Object send = ask(ada, "createTransport", Map.of("direction", "send")).get("id");
        ask(ada, "connectTransport", Map.of("transportId", send, "dtlsParameters", DTLS));
        ask(ada, "restartIce", Map.of("transportId", send));
        Object producer = ask(ada, "produce", Map.of("transportId", send, "kind", "video", "rtpParameters", VIDEO))
                .get("id");
        ask(ada, "pauseProducer", Map.of("producerId", producer));
        ask(ada, "resumeProducer", Map.of("producerId", producer));
        ask(ada, "getStats", Map.of("producerId", producer));

        wait("bob");
        ask(ada, "admit", Map.of("userId", "bob"));
        ask(bob, "joinRoom", Map.of("callId", "r", "userId", "bob", "rtpCapabilities", CAPABILITIES));
        ask(bob, "getProducers", Map.of());
        Object receive =
                ask(bob, "createTransport", Map.of("direction", "recv")).get("id");
        Map<String, Object> consumer = Map.of(
                "consumerId",
                ask(bob, "consume", Map.of("transportId", receive, "producerId", producer))
                        .get("id"));
        ask(bob, "resumeConsumer", consumer);
        ask(bob, "pauseConsumer", consumer);
        ask(bob, "setPreferredLayers", with(consumer, "spatialLayer", 0));
        ask(bob, "setPriority", with(consumer, "priority", 1));
        ask(bob, "requestKeyFrame", consumer);
        ask(bob, "closeConsumer", consumer);
        ask(bob, "signal", Map.of("to", "a", "epoch", 1, "candidate", Map.of()));
        ask(bob, "modeReady", Map.of("epoch", 1));
        ask(bob, "linkState", Map.of("peerId", "a", "state", "connected"));
        ask(bob, "requestMode", Map.of("mode", "sfu"));

        ask(ada, "moderate", Map.of("peerId", "b", "action", "mute"));
        ask(ada, "lockRoom", Map.of());
        ask(ada, "lockRoom", Map.of("locked", false));
        wait("eve");
        ask(ada, "admit", Map.of("userId", "eve"));
        wait("mallory");
        ask(ada, "deny", Map.of("userId", "mallory"));

        FakeSocket eve = house.connect("e");
        ask(eve, "joinRoom", Map.of("callId", "r", "userId", "eve"));
        ask(ada, "closeProducer", Map.of("producerId", producer));
        ask(eve, "leaveRoom", Map.of());

        Identity fay = new Identity("fay", null, null, null, null);
        FakeSocket renewing = house.connect("f", fay);
        ask(renewing, "renewToken", Map.of("token", house.token(fay, Duration.ofHours(1))));
        ask(eve, "joinRoom", Map.of("callId", "r", "userId", "eve", "role", "viewer"));
        ask(ada, "inviteOnStage", Map.of("peerId", "e"));
        ask(eve, "stage", Map.of("on", true));
        retire();
        visit();
    }

    /** Somebody makes a private room and invites others. */
    private void retire() {
        FakeSocket gil = house.connect("g");
        ask(gil, "joinRoom", Map.of("callId", "p", "userId", "gil", "type", "private"));
        Object invitation = ask(gil, "invite", Map.of()).get("invitation");
        ask(house.connect("i"), "joinRoom", Map.of("callId", "p", "userId", "ida", "invitation", invitation));
        ask(gil, "revokeInvitation", Map.of("invitation", invitation));
    }

    /** Somebody goes about a house. */
    private void visit() {
        FakeSocket hal = house.connect("h");
        Map<String, Object> options = Map.of("rooms", List.of("library"));
        ask(hal, "joinRoom", Map.of("callId", "h", "userId", "hal", "displayName", "Hal", "options", options));
        ask(hal, "move", Map.of("room", "library"));
    }

    /** Somebody asks to be let in. */
    private void wait(String userId) {
        house.code(house.connect("waits-" + userId), "joinRoom", Map.of("callId", "r", "userId", userId));
    }

    private Map<String, Object> ask(FakeSocket socket, String event, Map<String, Object> message) {
        Map<String, Object> data = object(house.done(socket, event, message).get("data"));
        answered.accept(event, data);
        return data;
    }

    private static Map<String, Object> with(Map<String, Object> message, String name, Object value) {
        String first = message.keySet().iterator().next();
        return Map.of(first, message.get(first), name, value);
    }
}
