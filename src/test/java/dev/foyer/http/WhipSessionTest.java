package dev.foyer.http;

import static dev.foyer.http.WhipHouse.FRAGMENT;
import static dev.foyer.http.WhipHouse.NOW;
import static dev.foyer.http.WhipHouse.SDP;
import static dev.foyer.http.WhipHouse.await;
import static dev.foyer.http.WhipHouse.code;
import static dev.foyer.http.WhipHouse.etag;
import static dev.foyer.http.WhipHouse.location;
import static dev.foyer.http.WhipHouse.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.FakeSdp;
import dev.foyer.room.MediaError;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of WHIP and WHEP sessions. */
class WhipSessionTest {
    private static final String SENDING =
            FakeSdp.of("1001", "audio sendonly", "video sendonly").text();
    private static final String RECEIVING =
            FakeSdp.of("2002", "audio recvonly", "video recvonly").text();
    private static final String CANDIDATE =
            "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\n";
    private static final String SAME_AGENT = "a=ice-ufrag:u1001\r\na=ice-pwd:0123456789abcdef01234567\r\n" + CANDIDATE;
    private static final String NEW_AGENT = "a=ice-ufrag:u1002\r\na=ice-pwd:abcdef0123456789abcdef01\r\n" + CANDIDATE;

    private WhipHouse house;

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void makesAPublisherAParticipant() throws Exception {
        house = new WhipHouse();
        house.join("room", "a");

        HttpResponse<String> response = house.offer("/whip/room", SENDING);

        assertEquals(201, response.statusCode());
        assertEquals(SDP, response.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(location(response).matches("/whip/room/session/[0-9a-f]{40}"), location(response));
        assertTrue(etag(response).matches("\"[0-9a-f]+\""), etag(response));
        assertEquals(FRAGMENT, response.headers().firstValue("Accept-Patch").orElseThrow());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
        FakeSdp answer = FakeSdp.parse(response.body());
        assertEquals(
                List.of("recvonly", "recvonly"),
                answer.sections().stream().map(FakeSdp.Section::direction).toList());
        house.settle();
        RoomEvent.PeerJoined joined = heard(RoomEvent.PeerJoined.class).getFirst();
        assertTrue(joined.peer().peerId().matches("whip-[0-9a-f]{16}"));
        assertEquals(joined.peer().peerId(), joined.peer().userId());
        assertEquals(
                List.of(joined.peer().peerId(), joined.peer().peerId()),
                heard(RoomEvent.NewProducer.class).stream()
                        .map(event -> event.producer().peerId())
                        .toList());
    }

    @Test
    void namesIceServers() throws Exception {
        house = new WhipHouse();

        HttpResponse<String> response = house.opened("/whip/room", SENDING);

        String userId = await(house.rooms.report("room"))
                .participants()
                .getFirst()
                .peer()
                .userId();
        String credentials =
                "; username=\"until:" + userId + "\"; credential=\"se\\\"cret\"; credential-type=\"password\"";
        assertEquals(
                List.of(
                        "<stun:stun.example.org>; rel=\"ice-server\"",
                        "<turn:turn.example.org>; rel=\"ice-server\"" + credentials,
                        "<turns:turn.example.org?transport=tcp>; rel=\"ice-server\"" + credentials),
                response.headers().allValues("Link"));
    }

    @Test
    void makesTheRoomAndEndsItWithTheSession() throws Exception {
        house = new WhipHouse();
        HttpResponse<String> opened = house.opened("/whip/a%20room%2f%C3%BC", SENDING);
        assertTrue(location(opened).startsWith("/whip/a%20room%2F%C3%BC/session/"), location(opened));
        assertEquals(1, house.sessions.count());

        HttpResponse<String> ended = house.bare("DELETE", location(opened));

        assertEquals(200, ended.statusCode());
        assertEquals("", ended.body());
        assertEquals(0, house.sessions.count());
        house.settle();
        assertEquals(0, house.rooms.roomCount());
        assertEquals(404, house.bare("DELETE", location(opened)).statusCode());
    }

    @Test
    void ignoresAnEntityTagWhenEnding() throws Exception {
        house = new WhipHouse();
        HttpResponse<String> opened = house.opened("/whip/room", SENDING);

        assertEquals(
                200,
                house.bare("DELETE", location(opened), "If-Match", "\"old\"").statusCode());
    }

    @Test
    void speaksForTheTokensUser() throws Exception {
        house = WhipHouse.withTokens();
        String alice = bearer(new JsonObject().put("sub", "alice").put("name", "Alice"));
        String bob = bearer(new JsonObject().put("sub", "bob"));
        String admin = bearer(new JsonObject().put("sub", "root").put("grants", new JsonArray().add("admin")));

        HttpResponse<String> opened = house.offer("/whip/room", SENDING, "Authorization", alice);

        assertEquals(201, opened.statusCode());
        var peer = await(house.rooms.report("room")).participants().getFirst().peer();
        assertEquals("alice", peer.userId());
        assertEquals("Alice", peer.displayName());
        assertEquals(
                403,
                house.bare("DELETE", location(opened), "Authorization", bob).statusCode());
        assertEquals(401, house.bare("DELETE", location(opened)).statusCode());
        assertEquals(
                204, house.bare("GET", location(opened), "Authorization", admin).statusCode());
        assertEquals(
                200,
                house.bare("DELETE", location(opened), "Authorization", alice).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {CANDIDATE, SAME_AGENT, "a=end-of-candidates\r\n"})
    void takesCandidates(String fragment) throws Exception {
        house = new WhipHouse();
        HttpResponse<String> opened = house.opened("/whip/room", SENDING);

        HttpResponse<String> patched = patch(opened, fragment, etag(opened));

        assertEquals(204, patched.statusCode());
        assertTrue(patched.headers().firstValue("ETag").isEmpty());
        assertEquals("", patched.body());
        assertEquals(204, patch(opened, fragment, "*").statusCode());
        assertEquals(204, patch(opened, fragment, "\"other\", " + etag(opened)).statusCode());
    }

    @Test
    void wantsToKnowWhichIceSessionIsMeant() throws Exception {
        house = new WhipHouse();
        HttpResponse<String> opened = house.opened("/whip/room", SENDING);

        HttpResponse<String> missing = house.send("PATCH", location(opened), FRAGMENT, CANDIDATE);
        assertEquals(428, missing.statusCode());
        assertEquals("PRECONDITION_REQUIRED", code(missing));
        assertEquals(412, patch(opened, CANDIDATE, "\"other\"").statusCode());
        // Strong comparison.
        assertEquals(412, patch(opened, CANDIDATE, "W/" + etag(opened)).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"*\""})
    void restartsIce(String ifMatch) throws Exception {
        house = new WhipHouse();
        HttpResponse<String> opened = house.opened("/whip/room", SENDING);

        HttpResponse<String> restarted = patch(opened, NEW_AGENT, ifMatch);

        assertEquals(200, restarted.statusCode());
        assertEquals(FRAGMENT, restarted.headers().firstValue("Content-Type").orElseThrow());
        assertNotEquals(etag(opened), etag(restarted));
        List<String> lines = restarted.body().lines().toList();
        assertTrue(lines.contains("a=mid:0"), restarted.body());
        // What the media plane made up.
        assertTrue(lines.contains("a=ice-ufrag:ufrag2"), restarted.body());
        assertTrue(lines.contains("a=ice-pwd:another password"), restarted.body());

        assertEquals(412, patch(opened, CANDIDATE, etag(opened)).statusCode());
        assertEquals(204, patch(opened, NEW_AGENT, etag(restarted)).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "a=ice-ufrag:u1002",
        "a=ice-pwd:abcdef0123456789abcdef01",
        "a=candidate:what",
        "hello",
        "a=mid:0",
        "''",
    })
    void refusesMalformedFragments(String fragment) throws Exception {
        house = new WhipHouse();
        HttpResponse<String> opened = house.opened("/whip/room", SENDING);

        assertEquals(400, patch(opened, fragment, etag(opened)).statusCode());
        assertEquals(
                415,
                house.send("PATCH", location(opened), SDP, SENDING, "If-Match", "*")
                        .statusCode());
        assertEquals(204, patch(opened, CANDIDATE, etag(opened)).statusCode());
    }

    @Test
    void limitsPatches() throws Exception {
        house = new WhipHouse();
        HttpResponse<String> opened = house.opened("/whip/room", SENDING);
        for (int i = 0; i < 30; i++) {
            assertEquals(204, patch(opened, CANDIDATE, "*").statusCode());
        }

        assertEquals(429, patch(opened, CANDIDATE, "*").statusCode());
        house.now = NOW.plusSeconds(1);
        assertEquals(204, patch(opened, CANDIDATE, "*").statusCode());
    }

    @Test
    void takesNoOtherMethods() throws Exception {
        house = new WhipHouse();
        String location = location(house.opened("/whip/room", SENDING));

        assertEquals(405, house.send("POST", location, SDP, SENDING).statusCode());
        HttpResponse<String> put = house.send("PUT", location, SDP, SENDING);
        assertEquals(405, put.statusCode());
        assertEquals(
                "DELETE, GET, HEAD, OPTIONS, PATCH",
                put.headers().firstValue("Allow").orElseThrow());
        assertEquals(204, house.bare("GET", location).statusCode());
        assertEquals(204, house.bare("HEAD", location).statusCode());
        assertEquals(
                FRAGMENT,
                house.bare("OPTIONS", location)
                        .headers()
                        .firstValue("Accept-Patch")
                        .orElseThrow());
    }

    @Test
    void isFoundInItsRoomOnly() throws Exception {
        house = new WhipHouse();
        String location = location(house.opened("/whip/room", SENDING));

        assertEquals(
                404, house.bare("GET", location.replace("/room/", "/other/")).statusCode());
        assertEquals(
                404, house.bare("GET", location.replace("/whip/", "/whep/")).statusCode());
    }

    @Test
    void endsWithTheRoom() throws Exception {
        house = new WhipHouse();
        String location = location(house.opened("/whip/room", SENDING));

        await(house.rooms.close("room", "test"));

        assertEquals(404, house.bare("DELETE", location).statusCode());
        assertEquals(0, house.sessions.count());
    }

    @Test
    void endsWithTheSeat() throws Exception {
        house = new WhipHouse();
        String location = location(house.opened("/whip/room", SENDING));
        String userId = await(house.rooms.report("room"))
                .participants()
                .getFirst()
                .peer()
                .userId();

        await(house.rooms.expel("room", userId));
        house.settle();

        assertEquals(404, house.bare("GET", location).statusCode());
    }

    @Test
    void takesASeat() throws Exception {
        house = new WhipHouse();
        house.join("room", new RoomSpec(RoomType.MANSION, 2, false, false, true, null, Map.of()), "a");
        house.opened("/whip/room", SENDING);

        HttpResponse<String> response = house.offer("/whip/room", SENDING);

        assertEquals(409, response.statusCode());
        assertEquals("ROOM_FULL", code(response));
        assertEquals(1, house.sessions.count());
    }

    @Test
    void saysWhenThereIsNoSfu() throws Exception {
        house = new WhipHouse();
        house.plane.available = false;

        HttpResponse<String> response = house.offer("/whip/room", SENDING);

        assertEquals(503, response.statusCode());
        assertEquals("SFU_UNAVAILABLE", code(response));
        assertTrue(response.headers().firstValue("Retry-After").isPresent());
        assertEquals(0, house.sessions.count());
    }

    @Test
    void leavesNobodyBehindWhenTheOfferCannotBeMet() throws Exception {
        house = new WhipHouse();
        house.join("room", "a");
        house.plane.refusal = MediaError.NOT_ACCEPTABLE;

        HttpResponse<String> response = house.offer("/whip/room", SENDING);

        assertEquals(406, response.statusCode());
        assertEquals("NOT_ACCEPTABLE", code(response));
        house.settle();
        assertEquals(1, house.rooms.participantCount());
        assertEquals(0, house.sessions.count());
    }

    @Test
    void showsARoomToAViewer() throws Exception {
        house = new WhipHouse();
        house.opened("/whip/room", SENDING);

        HttpResponse<String> opened = house.offer("/whep/room", RECEIVING);

        assertEquals(201, opened.statusCode());
        assertTrue(location(opened).startsWith("/whep/room/session/"));
        FakeSdp answer = FakeSdp.parse(opened.body());
        assertEquals(
                List.of("sendonly", "sendonly"),
                answer.sections().stream().map(FakeSdp.Section::direction).toList());
        var viewer = await(house.rooms.report("room")).participants().getLast().peer();
        assertTrue(viewer.userId().matches("whep-[0-9a-f]{16}"));
        assertEquals("viewer", viewer.role().toString());
        assertEquals(2, house.connections().getLast().sending().size());
        assertEquals(204, patch(opened, CANDIDATE, etag(opened)).statusCode());
        assertEquals(200, house.bare("DELETE", location(opened)).statusCode());
    }

    @Test
    void showsOneParticipantToAViewer() throws Exception {
        house = new WhipHouse();
        house.opened("/whip/room", SENDING);
        house.opened("/whip/room", SENDING);
        var second = await(house.rooms.report("room")).participants().getLast();

        house.opened("/whep/room/" + second.peer().peerId(), RECEIVING);

        assertEquals(
                second.producers().stream()
                        .map(producer -> producer.producerId())
                        .sorted()
                        .toList(),
                house.connections().getLast().sending().values().stream()
                        .sorted()
                        .toList());
        assertEquals(
                201,
                house.offer("/whep/room/" + second.peer().userId(), RECEIVING).statusCode());
        HttpResponse<String> unknown = house.offer("/whep/room/nobody", RECEIVING);
        assertEquals(404, unknown.statusCode());
        assertEquals("PARTICIPANT_NOT_FOUND", code(unknown));
        house.settle();
        assertEquals(4, house.rooms.participantCount());
    }

    @Test
    void waitsWithAViewerForSomebodyToPublish() throws Exception {
        house = new WhipHouse();
        house.join("room", "a");
        house.opened("/whep/room", RECEIVING);
        assertTrue(house.connections().getLast().sending().isEmpty());

        house.opened("/whip/room", SENDING);
        house.settle();

        assertFalse(house.connections().getFirst().sending().isEmpty());
    }

    private HttpResponse<String> patch(HttpResponse<String> opened, String fragment, String ifMatch) throws Exception {
        return house.send("PATCH", location(opened), FRAGMENT, fragment, "If-Match", ifMatch);
    }

    private <E extends RoomEvent> List<E> heard(Class<E> type) {
        return house.heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String bearer(JsonObject claims) {
        return "Bearer " + token(claims);
    }
}
