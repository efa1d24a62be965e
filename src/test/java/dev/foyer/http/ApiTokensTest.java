package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.auth.Verdict;
import dev.foyer.http.ApiHouse.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what by the API, and what tokens it makes. */
class ApiTokensTest {
    private ApiHouse house;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("index.html"), "<!doctype html>");
        house = ApiHouse.production(new DocumentedAnswers(), folder);
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    /** The columns: an administrator, one who makes rooms, the host of r, a viewer of r, the host of s. */
    @ParameterizedTest
    @CsvSource({
        "GET /rooms,                                   , 200, 200, 200, 200, 200",
        "GET /rooms/r,                                 , 200, 200, 200, 200, 403",
        "GET /rooms/r/stats,                           , 200, 200, 200, 200, 403",
        "GET /rooms/r/participants,                    , 200, 200, 200, 200, 403",
        "GET /rooms/r/participants/p,                  , 404, 404, 404, 404, 403",
        "POST /rooms,                                {}, 201, 201, 403, 403, 403",
        "PUT /rooms/r,                               {}, 200, 200, 200, 200, 403",
        "PATCH /rooms/r,               '{\"locked\":true}', 200, 403, 200, 403, 403",
        "DELETE /rooms/r/participants/p,               , 404, 403, 404, 403, 403",
        "POST /rooms/r/participants/p/moderation, '{\"action\":\"mute\"}', 404, 403, 404, 403, 403",
        "GET /rooms/r/lobby,                           , 200, 403, 200, 403, 403",
        "PUT /rooms/r/lobby/u,       '{\"admitted\":true}', 404, 403, 404, 403, 403",
        "GET /stats,                                   , 200, 403, 403, 403, 403",
        "GET /drain,                                   , 200, 403, 403, 403, 403",
        "DELETE /rooms/r,                              , 204, 403, 204, 403, 403",
        "POST /drain,                                {}, 202, 403, 403, 403, 403"
    })
    void letsEverybodyDoWhatItsTokenGrants(
            String line, String body, int admin, int maker, int host, int viewer, int other) throws Exception {
        String boss = house.token("boss", null, null, Set.of(Grant.ADMIN));
        String[] tokens = {
            boss,
            house.token("maker", null, null, Set.of(Grant.CREATE)),
            house.token("host", "r", "host", null),
            house.token("viewer", "r", "viewer", null),
            house.token("other", "s", "host", null)
        };
        int[] expected = {admin, maker, host, viewer, other};
        // The administrator last: it drains.
        for (int i = tokens.length - 1; i >= 0; i--) {
            house.ask("PUT /rooms/r", null, "Authorization", boss);
            assertEquals(
                    expected[i],
                    house.ask(line, body, "Authorization", tokens[i]).status(),
                    line + " by token " + i);
        }
        Answer nobody = house.ask(line, body);
        assertEquals(401, nobody.status());
        assertEquals("UNAUTHORIZED", nobody.code());
        assertEquals("Bearer", nobody.header("www-authenticate"));
        assertEquals(401, house.ask(line, body, "Authorization", "rubbish").status());
    }

    @Test
    void readsNoBodyOfStrangers() throws Exception {
        assertEquals(401, house.ask("PUT /rooms/r", "x".repeat(100_000)).status());
        assertEquals(
                403,
                house.ask(
                                "PUT /rooms/r",
                                "x".repeat(100_000),
                                "Authorization",
                                house.token("other", "s", "host", null))
                        .status());
    }

    @Test
    void listsWhatACallerMaySee() throws Exception {
        String boss = house.token("boss", null, null, Set.of(Grant.ADMIN));
        house.ask("PUT /rooms/r", null, "Authorization", boss);
        house.ask("PUT /rooms/public", "{\"listed\":true}", "Authorization", boss);

        assertEquals(List.of("public", "r"), listed(boss));
        assertEquals(List.of("public", "r"), listed(house.token("host", "r", "host", null)));
        assertEquals(List.of("public"), listed(house.token("other", "s", "host", null)));
        assertEquals(List.of("public"), listed(house.token("maker", null, null, Set.of(Grant.CREATE))));
    }

    @Test
    void mintsATokenThatTheServerTakes() throws Exception {
        String boss = house.token("boss", null, null, Set.of(Grant.ADMIN));
        Answer made = mint(boss, "{\"room\":\"r\",\"userId\":\"ada\",\"name\":\"Ada\",\"role\":\"host\"}");

        assertEquals(201, made.status());
        assertEquals("no-store", made.header("cache-control"));
        assertEquals("2030-01-01T01:00:00Z", made.json().getString("expiresAt"));
        Identity ada = identity(made.json().getString("token"));
        assertEquals("ada", ada.userId());
        assertEquals("Ada", ada.name());
        assertEquals("r", ada.room());
        assertEquals("host", ada.role());
        assertEquals(Set.of(Grant.PUBLISH, Grant.SUBSCRIBE, Grant.MODERATE, Grant.RECORD), ada.grants());
        assertEquals(house.now.plusSeconds(3_600), ada.expiresAt());
    }

    @Test
    void neverMintsMoreThanTheMakerHas() throws Exception {
        String maker = house.token("maker", "r", null, Set.of(Grant.CREATE, Grant.PUBLISH, Grant.SUBSCRIBE));

        assertEquals(201, mint(maker, "{\"room\":\"r\",\"userId\":\"ada\"}").status());
        assertEquals(
                Set.of(Grant.SUBSCRIBE),
                identity(mint(maker, "{\"room\":\"r\",\"userId\":\"ada\",\"role\":\"viewer\"}")
                                .json()
                                .getString("token"))
                        .grants());
        for (String more : List.of(
                "{\"room\":\"s\",\"userId\":\"ada\"}",
                "{\"room\":\"*\",\"userId\":\"ada\"}",
                "{\"room\":\"r\",\"userId\":\"ada\",\"role\":\"host\"}",
                "{\"room\":\"r\",\"userId\":\"ada\",\"grants\":[\"moderate\"]}",
                "{\"room\":\"r\",\"userId\":\"ada\",\"grants\":[\"publish\",\"admin\"]}")) {
            assertEquals("FORBIDDEN", mint(maker, more).code(), more);
        }
        house.now = house.now.plusSeconds(3_000);
        assertEquals(
                "2030-01-01T01:00:00Z",
                mint(maker, "{\"room\":\"r\",\"userId\":\"ada\",\"expiresInSeconds\":86400}")
                        .json()
                        .getString("expiresAt"));
    }

    @Test
    void mintsForNobodyWhoOnlyHasARole() throws Exception {
        String host = house.token("host", "r", "host", null);
        assertEquals("FORBIDDEN", mint(host, "{\"room\":\"r\",\"userId\":\"ada\"}").code());
        String minted = mint(
                        house.token("boss", null, null, Set.of(Grant.ADMIN)),
                        "{\"room\":\"r\",\"userId\":\"ada\",\"role\":\"host\"}")
                .json()
                .getString("token");
        assertEquals("FORBIDDEN", mint(minted, "{\"room\":\"r\",\"userId\":\"bob\"}").code());
    }

    @Test
    void refusesATokenThatIsOver() throws Exception {
        String boss = house.token("boss", null, null, Set.of(Grant.ADMIN));
        house.now = house.now.plus(Duration.ofHours(2));
        Answer over = house.ask("GET /stats", null, "Authorization", boss);
        assertEquals(401, over.status());
        assertEquals("TOKEN_EXPIRED", over.code());
    }

    @Test
    void mintsNothingWithoutASecret() throws Exception {
        try (ApiHouse open = ApiHouse.development(new DocumentedAnswers(), folder)) {
            Answer refused = open.ask("POST /tokens", "{\"room\":\"r\",\"userId\":\"ada\"}");
            assertEquals(409, refused.status());
        }
    }

    private Answer mint(String maker, String body) throws Exception {
        return house.ask("POST /tokens", body, "Authorization", maker);
    }

    private List<String> listed(String token) throws Exception {
        return house.ask("GET /rooms", null, "Authorization", token).json().getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .sorted()
                .toList();
    }

    private Identity identity(String token) {
        Verdict verdict = new Authenticator(new AuthSettings(ApiHouse.SECRET, null, null, false), () -> house.now)
                .admit(token)
                .toCompletableFuture()
                .join();
        assertTrue(verdict instanceof Verdict.Admitted, verdict::toString);
        return ((Verdict.Admitted) verdict).identity();
    }
}
