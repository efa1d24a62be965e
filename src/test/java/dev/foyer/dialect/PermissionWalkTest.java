package dev.foyer.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.guide.GuideDialect;
import dev.foyer.dialect.mediasoup.MediasoupDialect;
import dev.foyer.dialect.signaling.SignalingDialect;
import dev.foyer.dialect.webrtc.WebRtcDialect;
import dev.foyer.room.Dialect;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of every dialect, sent by somebody of each role with each set of grants: who is refused, and who is not. */
class PermissionWalkTest {
    private static final String CINEMA = "cinema";
    private static final String NEVER = "never";
    private static final List<String> ROLES = List.of("host", "participant", "viewer");
    private static final Object DTLS =
            Map.of("fingerprints", List.of(Map.of("algorithm", "sha-256", "value", "AB:CD")));
    private static final Object RTP =
            Map.of("codecs", List.of(Map.of("mimeType", "video/VP8", "payloadType", 96, "clockRate", 90000)));
    private static final Object CAPABILITIES =
            Map.of("codecs", List.of(Map.of("kind", "video", "mimeType", "video/VP8", "clockRate", 90000)));
    private static final Map<String, Object> CONSUMER = Map.of("roomId", "r", "consumerId", "c");
    private static final Map<String, Object> PRODUCER = Map.of("roomId", "r", "producerId", "p");

    /** What a message needs: permissions joined by "or" or "and", nothing, or the role of a host. */
    record Sent(String event, Map<String, Object> message, String needs) {}

    /** A dialect, its table of messages, how somebody joins, and its messages to rooms. */
    record Walk(Protocol protocol, String table, String join, Map<String, Object> seat, List<Sent> messages) {
        @Override
        public String toString() {
            return protocol.dialect().name() + " " + seat.getOrDefault("type", "");
        }
    }

    static List<Walk> dialects() {
        return List.of(call("mansion"), call(CINEMA), mediasoup(), signaling(), webrtc(), guide());
    }

    private static Walk call(String type) {
        boolean cinema = type.equals(CINEMA);
        return new Walk(
                CallDialect.PROTOCOL,
                "dev.foyer.dialect.call.CallRequests#TABLE",
                "joinRoom",
                Map.of("callId", "r", "type", type),
                List.of(
                        new Sent("createRoom", Map.of("callId", "r"), "CREATE"),
                        new Sent("getProducers", Map.of(), ""),
                        new Sent("createTransport", Map.of("direction", "send"), "PUBLISH or SUBSCRIBE"),
                        new Sent(
                                "connectTransport",
                                Map.of("transportId", "t", "dtlsParameters", DTLS),
                                "PUBLISH or SUBSCRIBE"),
                        new Sent("restartIce", Map.of("transportId", "t"), "PUBLISH or SUBSCRIBE"),
                        new Sent("getStats", Map.of("transportId", "t"), "PUBLISH or SUBSCRIBE"),
                        new Sent(
                                "produce",
                                Map.of("transportId", "t", "kind", "video", "rtpParameters", RTP),
                                "PUBLISH"),
                        new Sent("pauseProducer", PRODUCER, ""),
                        new Sent("resumeProducer", PRODUCER, "PUBLISH"),
                        new Sent("closeProducer", PRODUCER, ""),
                        new Sent("consume", Map.of("transportId", "t", "producerId", "p"), "SUBSCRIBE"),
                        new Sent("pauseConsumer", CONSUMER, ""),
                        new Sent("resumeConsumer", CONSUMER, "SUBSCRIBE"),
                        new Sent("closeConsumer", CONSUMER, ""),
                        new Sent("setPreferredLayers", Map.of("consumerId", "c", "spatialLayer", 0), "SUBSCRIBE"),
                        new Sent("setPriority", Map.of("consumerId", "c", "priority", 1), "SUBSCRIBE"),
                        new Sent("requestKeyFrame", CONSUMER, "SUBSCRIBE"),
                        new Sent(
                                "signal",
                                Map.of("to", "ada", "epoch", 1, "description", Map.of()),
                                "PUBLISH and SUBSCRIBE"),
                        new Sent("modeReady", Map.of("epoch", 1), ""),
                        new Sent("linkState", Map.of("peerId", "ada", "state", "connected"), "PUBLISH or SUBSCRIBE"),
                        new Sent("requestMode", Map.of("mode", "p2p"), "PUBLISH or SUBSCRIBE"),
                        new Sent("updatePeer", Map.of("displayName", "Sue"), ""),
                        new Sent("chat", Map.of("text", "hello"), ""),
                        new Sent("raiseHand", Map.of(), ""),
                        new Sent("renewToken", Map.of("token", "x"), ""),
                        new Sent(
                                "playback",
                                Map.of("url", "https://localhost/", "position", 1, "playing", true),
                                cinema ? "host" : NEVER),
                        new Sent("drift", Map.of("position", 1), cinema ? "" : NEVER),
                        new Sent("inviteOnStage", Map.of("peerId", "ada"), cinema ? "MODERATE" : NEVER),
                        // A viewer has to be invited.
                        new Sent("stage", Map.of("on", true), cinema ? "host or participant" : NEVER),
                        new Sent("invite", Map.of(), NEVER),
                        new Sent("revokeInvitation", Map.of("invitation", "x"), NEVER),
                        new Sent("move", Map.of("room", "x"), ""),
                        new Sent("moderate", Map.of("peerId", "ada", "action", "mute"), "MODERATE"),
                        new Sent("lockRoom", Map.of("locked", false), "MODERATE"),
                        new Sent("admit", Map.of("userId", "nobody"), "MODERATE"),
                        new Sent("deny", Map.of("userId", "nobody"), "MODERATE"),
                        new Sent("leaveRoom", Map.of(), "")));
    }

    private static Walk mediasoup() {
        Map<String, Object> transport = Map.of("roomId", "r", "transportId", "t");
        return new Walk(
                MediasoupDialect.PROTOCOL,
                "dev.foyer.dialect.mediasoup.MediasoupRequests#TABLE",
                "mediasoup:join-room",
                Map.of("roomId", "r", "participantData", Map.of()),
                List.of(
                        new Sent("mediasoup:create-room", Map.of("roomId", "r"), "CREATE"),
                        new Sent("mediasoup:get-room-info", Map.of("roomId", "r"), ""),
                        new Sent(
                                "mediasoup:create-transport",
                                Map.of("roomId", "r", "direction", "recv"),
                                "PUBLISH or SUBSCRIBE"),
                        new Sent(
                                "mediasoup:connect-transport",
                                with(transport, "dtlsParameters", DTLS),
                                "PUBLISH or SUBSCRIBE"),
                        new Sent(
                                "mediasoup:create-producer",
                                with(transport, "kind", "video", "rtpParameters", RTP),
                                "PUBLISH"),
                        new Sent("mediasoup:close-producer", PRODUCER, ""),
                        new Sent(
                                "mediasoup:create-consumer",
                                with(transport, "producerId", "p", "rtpCapabilities", CAPABILITIES),
                                "SUBSCRIBE"),
                        new Sent("mediasoup:pause-consumer", CONSUMER, ""),
                        new Sent("mediasoup:resume-consumer", CONSUMER, "SUBSCRIBE"),
                        new Sent("mediasoup:close-consumer", CONSUMER, ""),
                        new Sent("mediasoup:leave-room", Map.of("roomId", "r"), "")));
    }

    private static Walk signaling() {
        return new Walk(
                SignalingDialect.PROTOCOL,
                "dev.foyer.dialect.signaling.SignalingDialect#TABLE",
                "join-room",
                Map.of("roomId", "r"),
                List.of(
                        new Sent(
                                "offer",
                                Map.of("to", "ada", "sdp", PlainHouse.SDP, "type", "offer"),
                                "PUBLISH or SUBSCRIBE"),
                        new Sent(
                                "answer",
                                Map.of("to", "ada", "sdp", PlainHouse.SDP, "type", "answer"),
                                "PUBLISH or SUBSCRIBE"),
                        new Sent("ice-candidate", with(PlainHouse.CANDIDATE, "to", "ada"), "PUBLISH or SUBSCRIBE"),
                        new Sent("leave-room", Map.of("roomId", "r"), "")));
    }

    private static Walk webrtc() {
        Map<String, Object> target = Map.of("callRoomId", "r", "targetSocketId", "ada");
        return new Walk(
                new WebRtcDialect(() -> Instant.parse(PlainHouse.NOW)),
                "dev.foyer.dialect.webrtc.WebRtcDialect#table",
                "webrtc:join-room",
                Map.of("callRoomId", "r"),
                List.of(
                        new Sent("webrtc:offer", with(target, "offer", PlainHouse.OFFER), "PUBLISH or SUBSCRIBE"),
                        new Sent("webrtc:answer", with(target, "answer", PlainHouse.ANSWER), "PUBLISH or SUBSCRIBE"),
                        new Sent(
                                "webrtc:ice-candidate",
                                with(target, "candidate", PlainHouse.CANDIDATE),
                                "PUBLISH or SUBSCRIBE"),
                        new Sent("webrtc:leave-room", Map.of("callRoomId", "r"), "")));
    }

    private static Walk guide() {
        Map<String, Object> target = Map.of("roomId", "r", "targetUserId", "user-ada");
        return new Walk(
                GuideDialect.PROTOCOL,
                "dev.foyer.dialect.guide.GuideDialect#TABLE",
                "join-room",
                Map.of("roomId", "r", "mediaState", Map.of()),
                List.of(
                        new Sent("webrtc-offer", with(target, "offer", PlainHouse.OFFER), "PUBLISH or SUBSCRIBE"),
                        new Sent("webrtc-answer", with(target, "answer", PlainHouse.ANSWER), "PUBLISH or SUBSCRIBE"),
                        new Sent(
                                "ice-candidate",
                                with(target, "candidate", PlainHouse.CANDIDATE),
                                "PUBLISH or SUBSCRIBE"),
                        new Sent("start-screen-share", Map.of("roomId", "r"), "PUBLISH"),
                        new Sent("stop-screen-share", Map.of("roomId", "r"), "PUBLISH"),
                        new Sent("media-state", Map.of("roomId", "r", "mediaState", Map.of()), ""),
                        new Sent("leave-room", Map.of("roomId", "r"), "")));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void isForEveryMessageThereIs(Walk walk) throws Exception {
        Set<String> walked = new TreeSet<>(Set.of(walk.join));
        walk.messages.forEach(sent -> walked.add(sent.event));
        String[] place = walk.table.split("#", 2);
        Field table = Class.forName(place[0]).getDeclaredField(place[1]);
        table.setAccessible(true);
        Set<String> known = new TreeSet<>();
        ((Map<?, ?>) table.get(walk.protocol)).keySet().forEach(event -> known.add((String) event));
        assertEquals(known, walked);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void refusesWhoMayNotAndNobodyElse(Walk walk) {
        Map<String, String> wrong = new TreeMap<>();
        int refused = 0;
        for (String role : ROLES) {
            for (Set<Grant> grants : allGrants()) {
                for (String code : walk(walk, role, grants, wrong)) {
                    refused += "FORBIDDEN".equals(code) ? 1 : 0;
                }
            }
            // Nothing but the role: what it grants is in RoleWords.
            walk(walk, role, null, wrong);
        }
        assertEquals(Map.of(), wrong);
        assertTrue(refused > 0, "somebody is refused something");
    }

    private static List<String> walk(Walk walk, String role, Set<Grant> grants, Map<String, String> wrong) {
        DialectHouse house = new DialectHouse(walk.protocol);
        FakeSocket ada = house.connect("ada", new Identity("user-ada", null, null, "host", null));
        if (walk.protocol.dialect() == Dialect.MEDIASOUP) {
            house.done(ada, "mediasoup:create-room", Map.of("roomId", "r"));
        }
        house.done(ada, walk.join, with(walk.seat, "userId", "user-ada"));
        FakeSocket sue = house.connect("sue", new Identity("user-sue", null, null, role, grants));
        house.done(sue, walk.join, with(walk.seat, "userId", "user-sue"));
        List<String> codes = new ArrayList<>();
        for (Sent sent : walk.messages) {
            String code =
                    String.valueOf(house.ask(sue, sent.event, sent.message).get("code"));
            codes.add(code);
            boolean allowed = isMet(sent.needs, role, effective(walk, role, grants == null ? ofRole(role) : grants));
            // An answer to no offer is allowed, and nonsense.
            boolean nonsense = code.equals("INVALID_MESSAGE") && !sent.event.endsWith("answer");
            if (allowed == code.equals("FORBIDDEN") || nonsense || code.equals("INTERNAL")) {
                wrong.put(sent.event + " by " + role + " with " + grants, code);
            }
        }
        return codes;
    }

    /** Who watches a stage sends nothing, whatever is granted. */
    private static Set<Grant> effective(Walk walk, String role, Set<Grant> grants) {
        Set<Grant> effective = new LinkedHashSet<>(grants);
        if (CINEMA.equals(walk.seat.get("type")) && role.equals("viewer")) {
            effective.remove(Grant.PUBLISH);
        }
        return effective;
    }

    private static Set<Grant> ofRole(String role) {
        return switch (role) {
            case "host" -> EnumSet.complementOf(EnumSet.of(Grant.ADMIN));
            case "participant" -> EnumSet.of(Grant.PUBLISH, Grant.SUBSCRIBE, Grant.CREATE);
            default -> EnumSet.of(Grant.SUBSCRIBE, Grant.CREATE);
        };
    }

    private static boolean isMet(String needs, String role, Set<Grant> grants) {
        Set<String> words = new TreeSet<>(Set.of(role));
        grants.forEach(grant -> words.add(grant.name()));
        if (needs.contains("host") || needs.equals(NEVER)) {
            // What a role or a type of room allows no grant does.
            words.retainAll(ROLES);
        }
        return needs.isEmpty()
                || words.contains("ADMIN")
                || (needs.contains(" or ")
                        ? Stream.of(needs.split(" or ")).anyMatch(words::contains)
                        : Stream.of(needs.split(" and ")).allMatch(words::contains));
    }

    private static Set<Set<Grant>> allGrants() {
        Set<Set<Grant>> all = new LinkedHashSet<>();
        all.add(Set.of());
        for (Grant grant : Grant.values()) {
            for (Set<Grant> without : List.copyOf(all)) {
                Set<Grant> with = new LinkedHashSet<>(without);
                with.add(grant);
                all.add(with);
            }
        }
        return all;
    }

    private static Map<String, Object> with(Map<String, Object> message, Object... more) {
        Map<String, Object> copy = new LinkedHashMap<>(message);
        for (int i = 0; i < more.length; i += 2) {
            copy.put((String) more[i], more[i + 1]);
        }
        return copy;
    }
}
