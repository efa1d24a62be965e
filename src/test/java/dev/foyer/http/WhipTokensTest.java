package dev.foyer.http;

import static dev.foyer.http.WhipHouse.NOW;
import static dev.foyer.http.WhipHouse.token;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.TestIssuer;
import dev.foyer.room.FakeSdp;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WHIP and WHEP sessions whose tokens end, and tokens whose keys have to be fetched first. */
class WhipTokensTest {
    private static final String SENDING =
            FakeSdp.of("1001", "audio sendonly", "video sendonly").text();

    @TempDir
    private Path directory;

    private WhipHouse house;

    @AfterEach
    void close() throws Exception {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void endsWithItsToken() throws Exception {
        house = WhipHouse.withTokens();
        Instant end = NOW.plusSeconds(60);
        String bearer = "Bearer "
                + token(new JsonObject().put("sub", "ada").put("room", "room").put("exp", end.getEpochSecond()));
        String forever = "Bearer " + token(new JsonObject().put("sub", "bob"));
        HttpResponse<String> ada = house.offer("/whip/room", SENDING, "Authorization", bearer);
        HttpResponse<String> bob = house.offer("/whip/room", SENDING, "Authorization", forever);
        assertEquals(201, ada.statusCode());
        assertEquals(201, bob.statusCode());

        house.sessions.endExpired(end.minusMillis(1));
        assertEquals(2, house.sessions.count());
        house.sessions.endExpired(end);
        assertEquals(1, house.sessions.count());
        assertEquals(404, delete(ada, bearer));
        assertEquals(200, delete(bob, forever));
    }

    @Test
    void saysThatATokenHasExpired() throws Exception {
        house = WhipHouse.withTokens();
        String bearer = "Bearer " + token(new JsonObject().put("sub", "ada").put("exp", NOW.getEpochSecond()));
        HttpResponse<String> response = house.offer("/whip/room", SENDING, "Authorization", bearer);

        assertEquals(401, response.statusCode());
        assertEquals("TOKEN_EXPIRED", new JsonObject(response.body()).getString("code"));
        assertEquals("Bearer", response.headers().firstValue("WWW-Authenticate").orElseThrow());
    }

    /** The request waits, with its body, for keys that come on another thread. */
    @Test
    void waitsForTheKeysOfTheFirstToken() throws Exception {
        TestIssuer issuer = TestIssuer.of("ES256", "k1");
        Path keys = Files.writeString(directory.resolve("keys.json"), TestIssuer.keySet(issuer));
        house = new WhipHouse(
                new HttpSettings("127.0.0.1", List.of(0), List.of(), false, false),
                new AuthSettings(
                        null, keys.toUri(), null, null, Duration.ZERO, Duration.ofMinutes(1), false, Map.of()));

        String bearer = "Bearer " + issuer.token("{\"sub\":\"ada\",\"room\":\"room\"}");
        HttpResponse<String> response = house.offer("/whip/room", SENDING, "Authorization", bearer);
        assertEquals(201, response.statusCode(), response::body);
        assertEquals(200, delete(response, bearer));
        String other = "Bearer " + TestIssuer.of("ES256", "k2").token("{\"sub\":\"ada\"}");
        assertEquals(
                401, house.offer("/whip/room", SENDING, "Authorization", other).statusCode());
    }

    private int delete(HttpResponse<String> opened, String bearer) throws Exception {
        String location = opened.headers().firstValue("Location").orElseThrow();
        return house.send("DELETE", location, null, null, "Authorization", bearer)
                .statusCode();
    }
}
