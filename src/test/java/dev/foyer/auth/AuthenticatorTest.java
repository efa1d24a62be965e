package dev.foyer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private static final String SECRET = "a secret of thirty-two characters";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void admitsGuestsInDevelopment() throws Exception {
        Authenticator authenticator = new Authenticator(AuthSettings.development(), () -> NOW);

        assertTrue(admitted(authenticator, null).isGuest());
        assertTrue(admitted(authenticator, " ").isGuest());
    }

    @Test
    void refusesGuestsWhenASecretIsSet() throws Exception {
        assertEquals(new Verdict.Refused(Verdict.Reason.NO_TOKEN), verdict(production(null, null), null));
    }

    @Test
    void takesTheIdentityFromTheClaims() throws Exception {
        Identity identity = admitted(
                production(null, null),
                token(
                        "HS256",
                        "{\"sub\":\"u1\",\"name\":\"Ada\",\"room\":\"r1\",\"role\":\"host\",\"grants\":[\"publish\",\"record\",\"fly\"],\"exp\":%d}"
                                .formatted(inAMinute()),
                        SECRET));

        assertEquals(
                new Identity("u1", "Ada", "r1", "host", Set.of(Grant.PUBLISH, Grant.RECORD), NOW.plusSeconds(60)),
                identity);
        assertTrue(identity.opens("r1"));
        assertFalse(identity.opens("r2"));
        assertTrue(identity.contradicts("u2"));
        assertFalse(identity.contradicts("u1"));
        assertFalse(identity.contradicts(null));
        assertTrue(identity.may(Grant.RECORD, Set.of()));
        assertFalse(identity.may(Grant.MODERATE, Set.of(Grant.MODERATE)));
    }

    @Test
    void leavesGrantsToTheRoleWhenTheTokenNamesNone() throws Exception {
        Identity identity = admitted(production(null, null), token("HS256", "{\"sub\":\"u1\",\"room\":\"*\"}", SECRET));

        assertNull(identity.grants());
        assertTrue(identity.opens("any"));
        assertTrue(identity.may(Grant.PUBLISH, Set.of(Grant.PUBLISH)));
    }

    @Test
    void refusesAnotherSecretAnotherAlgorithmAndNoSignature() throws Exception {
        String claims = "{\"sub\":\"u1\"}";

        assertRefused(token("HS256", claims, "another secret"));
        assertRefused(token("HS512", claims, SECRET));
        assertRefused(encode("{\"alg\":\"none\"}") + "." + encode(claims) + ".");
        assertRefused(encode("{\"alg\":\"HS256\"}") + "." + encode(claims) + ".");
    }

    @Test
    void refusesWhatIsExpiredOrNotYetValid() throws Exception {
        long now = NOW.getEpochSecond();

        assertEquals(
                new Verdict.Refused(Verdict.Reason.EXPIRED_TOKEN),
                verdict(production(null, null), token("HS256", "{\"sub\":\"u1\",\"exp\":%d}".formatted(now), SECRET)));
        assertRefused(token("HS256", "{\"sub\":\"u1\",\"nbf\":%d}".formatted(now + 1), SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sub\":7}",
                "{\"sub\":\"\"}",
                "{\"sub\":\"u1\",\"room\":7}",
                "{\"sub\":\"u1\",\"role\":[]}",
                "{\"sub\":\"u1\",\"name\":{}}",
                "{\"sub\":\"u1\",\"grants\":\"admin\"}",
                "{\"sub\":\"u1\",\"exp\":\"never\"}",
                "{\"sub\":\"u1\",\"nbf\":null}"
            })
    void refusesClaimsOfTheWrongShape(String claims) throws Exception {
        assertRefused(token("HS256", claims, SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "..", "null", "{}"})
    void refusesWhatIsNoToken(String token) throws Exception {
        assertRefused(token);
    }

    @Test
    void refusesATokenOfAbsurdLength() throws Exception {
        assertRefused(token("HS256", "{\"sub\":\"" + "u".repeat(9_000) + "\"}", SECRET));
    }

    @Test
    void checksIssuerAndAudienceWhenConfigured() throws Exception {
        Authenticator authenticator = production("foyer-issuer", "foyer");
        String good = "{\"sub\":\"u1\",\"iss\":\"foyer-issuer\",\"aud\":[\"foyer\"]}";

        assertEquals("u1", admitted(authenticator, token("HS256", good, SECRET)).userId());
        assertInstanceOf(
                Verdict.Refused.class,
                verdict(authenticator, token("HS256", good.replace("foyer-issuer", "other"), SECRET)));
        assertInstanceOf(
                Verdict.Refused.class,
                verdict(authenticator, token("HS256", good.replace("[\"foyer\"]", "[\"other\"]"), SECRET)));
        assertInstanceOf(Verdict.Refused.class, verdict(authenticator, token("HS256", "{\"sub\":\"u1\"}", SECRET)));
    }

    @Test
    void allowsForClocksThatDiffer() throws Exception {
        Authenticator authenticator = new Authenticator(settings(Duration.ofSeconds(5), Map.of()), () -> NOW);
        String claims = "{\"sub\":\"u1\",\"nbf\":%d,\"exp\":%d}";
        long now = NOW.getEpochSecond();

        assertEquals(
                NOW.plusSeconds(1),
                admitted(authenticator, token("HS256", claims.formatted(now + 5, now - 4), SECRET))
                        .expiresAt());
        assertInstanceOf(
                Verdict.Refused.class,
                verdict(authenticator, token("HS256", claims.formatted(now + 6, now + 60), SECRET)));
        assertEquals(
                new Verdict.Refused(Verdict.Reason.EXPIRED_TOKEN),
                verdict(authenticator, token("HS256", claims.formatted(now, now - 5), SECRET)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e300", "253402300800", "99999999999999999999999999"})
    void neverEndsWhatEndsBeyondAllTime(String expiry) throws Exception {
        Identity identity =
                admitted(production(null, null), token("HS256", "{\"sub\":\"u1\",\"exp\":" + expiry + "}", SECRET));

        assertNull(identity.expiresAt());
    }

    @Test
    void saysThatATokenHasExpiredOnlyWhenNothingElseIsWrong() throws Exception {
        String expired = "\"sub\":\"u1\",\"exp\":1";

        assertRefused(token("HS256", "{" + expired + ",\"room\":7}", SECRET));
        assertRefused(token("HS256", "{" + expired + "}", "another secret"));
    }

    @Test
    void takesGuestsOfTheNamespacesThatMayHaveThem() throws Exception {
        Authenticator authenticator = new Authenticator(
                settings(Duration.ZERO, Map.of("/signaling", Set.of(Grant.SUBSCRIBE), "/", Set.of())), () -> NOW);

        assertEquals(
                new Verdict.Admitted(Identity.guest(Set.of(Grant.SUBSCRIBE))), of(authenticator, null, "/signaling"));
        assertEquals(new Verdict.Refused(Verdict.Reason.NO_TOKEN), of(authenticator, null, "/"));
        assertEquals(new Verdict.Refused(Verdict.Reason.NO_TOKEN), of(authenticator, " ", "/ws"));
        assertEquals(new Verdict.Refused(Verdict.Reason.NO_TOKEN), verdict(authenticator, null));
        assertEquals(
                new Verdict.Refused(Verdict.Reason.INVALID_TOKEN),
                of(authenticator, "a.bad.token", "/signaling"),
                "a bad token is no guest's");
    }

    @Test
    void readsBearerHeaders() {
        assertEquals("abc", Authenticator.bearerToken("Bearer abc"));
        assertEquals("abc", Authenticator.bearerToken("bearer  abc "));
        assertNull(Authenticator.bearerToken("Basic abc"));
        assertNull(Authenticator.bearerToken("Bearer "));
        assertNull(Authenticator.bearerToken(null));
    }

    @Test
    void keepsSecretsAndPeopleOutOfText() {
        assertFalse(new AuthSettings(SECRET, null, null, false).toString().contains(SECRET));
        assertFalse(new Identity("ada", "Ada", "r", null, null).toString().contains("ada"));
    }

    private static AuthSettings settings(Duration leeway, Map<String, Set<Grant>> guestGrants) {
        return new AuthSettings(SECRET, null, null, null, leeway, Duration.ZERO, false, guestGrants);
    }

    private static Verdict of(Authenticator authenticator, String token, String namespace) throws Exception {
        return authenticator.admit(token, namespace).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void assertRefused(String token) throws Exception {
        assertEquals(new Verdict.Refused(Verdict.Reason.INVALID_TOKEN), verdict(production(null, null), token));
    }

    private static Authenticator production(String issuer, String audience) {
        return new Authenticator(new AuthSettings(SECRET, issuer, audience, false), () -> NOW);
    }

    private static Identity admitted(Authenticator authenticator, String token) throws Exception {
        return assertInstanceOf(Verdict.Admitted.class, verdict(authenticator, token))
                .identity();
    }

    private static Verdict verdict(Authenticator authenticator, String token) throws Exception {
        return authenticator.admit(token).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static long inAMinute() {
        return NOW.getEpochSecond() + 60;
    }

    private static String token(String algorithm, String claims, String secret) throws Exception {
        String signed = encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}") + "." + encode(claims);
        String name = "Hmac" + algorithm.replace("HS", "SHA");
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
        return signed
                + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
