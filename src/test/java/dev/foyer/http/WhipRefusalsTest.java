package dev.foyer.http;

import static dev.foyer.http.WhipHouse.FRAGMENT;
import static dev.foyer.http.WhipHouse.SDP;
import static dev.foyer.http.WhipHouse.code;
import static dev.foyer.http.WhipHouse.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.FakeSdp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What WHIP and WHEP refuse before any room hears of it. */
class WhipRefusalsTest {
    private static final String SENDING =
            FakeSdp.of("1001", "audio sendonly", "video sendonly").text();
    private static final String RECEIVING =
            FakeSdp.of("1001", "audio recvonly", "video recvonly").text();

    private WhipHouse house;

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "v=0", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video\r\n", "{}"})
    void refusesWhatIsNoOffer(String body) throws Exception {
        house = new WhipHouse();

        HttpResponse<String> response = house.offer("/whip/room", body);

        assertEquals(400, response.statusCode());
        assertEquals("INVALID_MESSAGE", code(response));
        assertEquals(0, house.rooms.roomCount());
    }

    @ParameterizedTest
    @CsvSource({
        "whip, audio recvonly",
        "whip, video inactive",
        "whep, audio sendonly",
        "whep, video inactive",
    })
    void refusesMediaThatFlowsTheWrongWay(String kind, String section) throws Exception {
        house = new WhipHouse();
        house.join("room", "a");

        HttpResponse<String> response =
                house.offer("/" + kind + "/room", FakeSdp.of("1001", section).text());

        assertEquals(422, response.statusCode());
        assertEquals("UNPROCESSABLE", code(response));
        assertEquals(1, house.rooms.participantCount());
    }

    @Test
    void refusesAnOfferWithoutMedia() throws Exception {
        house = new WhipHouse();

        assertEquals(422, house.offer("/whip/room", FakeSdp.of("1001").text()).statusCode());
    }

    @Test
    void refusesOtherTypes() throws Exception {
        house = new WhipHouse();

        assertEquals(
                415, house.send("POST", "/whip/room", "application/json", "{}").statusCode());
        assertEquals(415, house.send("POST", "/whep/room", FRAGMENT, RECEIVING).statusCode());
        // The server-offer flavour of early WHEP drafts posts nothing.
        HttpResponse<String> empty = house.bare("POST", "/whep/room");
        assertEquals(415, empty.statusCode());
        assertEquals("UNSUPPORTED_MEDIA_TYPE", code(empty));
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        house = new WhipHouse();

        HttpResponse<String> response = house.offer("/whip/room", SENDING + "a=x:" + "x".repeat(260 * 1024) + "\r\n");

        assertEquals(413, response.statusCode());
        assertEquals("PAYLOAD_TOO_LARGE", code(response));
    }

    @Test
    void asksWhoeverWaitsForTheBody() throws Exception {
        house = new WhipHouse();

        assertEquals(400, house.offerWhenAsked("/whip/room", "hello").statusCode());
    }

    @Test
    void asksForAToken() throws Exception {
        house = WhipHouse.withTokens();

        HttpResponse<String> none = house.offer("/whip/room", SENDING);
        assertEquals(401, none.statusCode());
        assertEquals("Bearer", none.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertEquals(
                401,
                house.offer("/whip/room", SENDING, "Authorization", "Bearer nonsense")
                        .statusCode());
        assertEquals(401, house.bare("DELETE", "/whip/room/session/1").statusCode());
        assertEquals(
                401, house.send("PATCH", "/whip/room/session/1", FRAGMENT, "").statusCode());
    }

    @Test
    void refusesWhatTheTokenDoesNotAllow() throws Exception {
        house = WhipHouse.withTokens();
        house.join("room", "a");
        JsonObject claims = new JsonObject().put("sub", "alice");

        assertEquals(403, statusWith(claims.copy().put("room", "other"), "whip", SENDING));
        assertEquals(403, statusWith(claims.copy().put("role", "viewer"), "whip", SENDING));
        assertEquals(403, statusWith(claims.copy().put("role", "nobody"), "whip", SENDING));
        assertEquals(403, statusWith(claims.copy().put("grants", new JsonArray().add("subscribe")), "whip", SENDING));
        assertEquals(403, statusWith(claims.copy().put("grants", new JsonArray().add("publish")), "whep", RECEIVING));
        assertEquals(1, house.rooms.participantCount());
    }

    @Test
    void makesNoRoomWithoutTheGrant() throws Exception {
        house = WhipHouse.withTokens();
        JsonObject publisher = new JsonObject().put("sub", "alice").put("grants", new JsonArray().add("publish"));

        assertEquals(404, statusWith(publisher, "whip", SENDING));
        assertEquals(0, house.rooms.roomCount());
    }

    @Test
    void watchesOnlyWhatExists() throws Exception {
        house = new WhipHouse();

        HttpResponse<String> response = house.offer("/whep/room", RECEIVING);

        assertEquals(404, response.statusCode());
        assertEquals("ROOM_NOT_FOUND", code(response));
        assertEquals(0, house.sessions.count());
    }

    @Test
    void takesNobodyWhileDraining() throws Exception {
        house = new WhipHouse();
        house.healthy = false;

        HttpResponse<String> response = house.offer("/whip/room", SENDING);

        assertEquals(503, response.statusCode());
        assertEquals("DRAINING", code(response));
        assertEquals("5", response.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void slowsDownWhoeverPostsWithoutPause() throws Exception {
        house = new WhipHouse();
        for (int i = 0; i < 60; i++) {
            assertEquals(400, house.offer("/whip/room", "").statusCode());
        }

        HttpResponse<String> response = house.offer("/whip/room", "");
        assertEquals(429, response.statusCode());
        assertEquals("RATE_LIMITED", code(response));
        assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());

        house.now = house.now.plusSeconds(1);
        assertEquals(400, house.offer("/whip/room", "").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/whip/room", "/whep/room", "/whep/room/somebody"})
    void saysWhatAnEndpointTakes(String path) throws Exception {
        house = new WhipHouse();

        HttpResponse<String> options = house.bare("OPTIONS", path);
        assertEquals(200, options.statusCode());
        assertEquals(SDP, options.headers().firstValue("Accept-Post").orElseThrow());
        HttpResponse<String> get = house.bare("GET", path);
        assertEquals(path.startsWith("/whip") ? 204 : 200, get.statusCode());
        assertEquals("", get.body());
        HttpResponse<String> put = house.send("PUT", path, SDP, SENDING);
        assertEquals(405, put.statusCode());
        assertTrue(put.headers().firstValue("Allow").orElseThrow().contains("POST"));
    }

    @Test
    void showsPlayersThatItIsAWhepEndpoint() throws Exception {
        house = new WhipHouse();

        HttpResponse<String> head = house.bare("HEAD", "/whep/room");

        assertEquals(200, head.statusCode());
        assertEquals(SDP, head.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void letsAllowedPagesReadTheHeaders() throws Exception {
        house = WhipHouse.withTokens();
        String[] preflight = {"Origin", "https://app.example.org", "Access-Control-Request-Method", "PATCH"};

        HttpResponse<String> response = house.bare("OPTIONS", "/whip/room/session/1", preflight);

        assertEquals(204, response.statusCode());
        String exposed =
                response.headers().firstValue("Access-Control-Expose-Headers").orElseThrow();
        assertTrue(exposed.contains("Location") && exposed.contains("ETag") && exposed.contains("Link"), exposed);
        String headers =
                response.headers().firstValue("Access-Control-Allow-Headers").orElseThrow();
        assertTrue(headers.contains("If-Match") && headers.contains("Authorization"), headers);
        assertTrue(response.headers()
                .firstValue("Access-Control-Allow-Methods")
                .orElseThrow()
                .contains("PATCH"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/whip/room/session/1", "/whep/room/session/1"})
    void knowsNoOtherSessions(String path) throws Exception {
        house = new WhipHouse();

        assertEquals(404, house.bare("DELETE", path).statusCode());
        assertEquals(404, house.bare("GET", path).statusCode());
        assertEquals(
                404,
                house.send("PATCH", path, FRAGMENT, "a=end-of-candidates\r\n").statusCode());
    }

    private int statusWith(JsonObject claims, String kind, String offer) throws Exception {
        return house.offer("/" + kind + "/room", offer, "Authorization", "Bearer " + token(claims))
                .statusCode();
    }
}
