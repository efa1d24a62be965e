package dev.foyer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an issuer whose keys are in a file. */
class PublicKeyTokensTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String SECRET = "a secret of thirty-two characters";
    private static final String CLAIMS = "{\"sub\":\"u1\",\"room\":\"r\"}";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void believesWhatIsSignedWithAPublishedKey(String algorithm) throws Exception {
        TestIssuer issuer = TestIssuer.of(algorithm, "k1");
        Authenticator authenticator = trusting(TestIssuer.keySet(TestIssuer.of(algorithm, "k0"), issuer));

        Verdict.Admitted admitted =
                assertInstanceOf(Verdict.Admitted.class, verdict(authenticator, issuer.token(CLAIMS)));
        assertEquals("u1", admitted.identity().userId());
        assertEquals("r", admitted.identity().room());
    }

    /** Coordinates with leading zeros, odd and even ones: each of them comes up among so many. */
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA"})
    void readsEveryKeyOfAKind(String algorithm) throws Exception {
        for (int i = 0; i < 40; i++) {
            TestIssuer issuer = TestIssuer.of(algorithm, "k");
            assertTrue(JsonWebKeys.parse(TestIssuer.keySet(issuer))
                    .getFirst()
                    .verifies(SignedToken.parse(issuer.token(CLAIMS)).orElseThrow()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void believesWhatNamesNoKey(String algorithm) throws Exception {
        TestIssuer issuer = TestIssuer.of(algorithm, null);

        assertInstanceOf(
                Verdict.Admitted.class,
                verdict(trusting(TestIssuer.keySet(TestIssuer.of("RS256", "other"), issuer)), issuer.token(CLAIMS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void refusesWhatSomebodyElseSigned(String algorithm) throws Exception {
        Authenticator authenticator = trusting(TestIssuer.keySet(TestIssuer.of(algorithm, "k1")));

        assertRefused(
                Verdict.Reason.INVALID_TOKEN,
                authenticator,
                TestIssuer.of(algorithm, "k1").token(CLAIMS));
        assertRefused(
                Verdict.Reason.UNKNOWN_KEY,
                authenticator,
                TestIssuer.of(algorithm, "k2").token(CLAIMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void refusesChangedClaims(String algorithm) throws Exception {
        TestIssuer issuer = TestIssuer.of(algorithm, "k1");
        String[] parts = issuer.token(CLAIMS).split("\\.", -1);
        String changed = parts[0] + "." + TestIssuer.base64("{\"sub\":\"u2\",\"room\":\"r\"}") + "." + parts[2];

        assertRefused(Verdict.Reason.INVALID_TOKEN, trusting(TestIssuer.keySet(issuer)), changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void neverTakesAPublicKeyForASecret(String algorithm) throws Exception {
        TestIssuer issuer = TestIssuer.of(algorithm, "k1");
        Authenticator authenticator = trusting(TestIssuer.keySet(issuer));
        String header = "{\"alg\":\"HS256\",\"kid\":\"k1\"}";

        for (byte[] secret :
                new byte[][] {issuer.publicKey(), issuer.jwk().getBytes(StandardCharsets.UTF_8), new byte[] {0}}) {
            assertRefused(Verdict.Reason.INVALID_TOKEN, authenticator, TestIssuer.hmacToken(header, CLAIMS, secret));
        }
    }

    @Test
    void neverTakesAPublishedSecret() throws Exception {
        String published =
                "{\"kty\":\"oct\",\"alg\":\"HS256\",\"kid\":\"s\",\"k\":\"" + TestIssuer.base64(SECRET) + "\"}";
        Authenticator authenticator =
                trusting(TestIssuer.set(published, TestIssuer.of("ES256", "k1").jwk()));

        assertRefused(
                Verdict.Reason.INVALID_TOKEN,
                authenticator,
                TestIssuer.hmacToken(
                        "{\"alg\":\"HS256\",\"kid\":\"s\"}", CLAIMS, SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesEveryOtherAlgorithm() throws Exception {
        TestIssuer issuer = TestIssuer.of("RS256", "k1");
        Authenticator authenticator = trusting(TestIssuer.keySet(issuer));

        for (String algorithm :
                new String[] {"none", "None", "RS384", "RS512", "PS256", "ES256", "EdDSA", "HS256", "rs256", ""}) {
            String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}";
            assertInstanceOf(Verdict.Refused.class, verdict(authenticator, issuer.token(header, CLAIMS)), algorithm);
        }
        assertRefused(Verdict.Reason.INVALID_TOKEN, authenticator, issuer.token("{\"kid\":\"k1\"}", CLAIMS));
        assertRefused(Verdict.Reason.INVALID_TOKEN, authenticator, issuer.token("{\"alg\":[\"RS256\"]}", CLAIMS));
    }

    @Test
    void refusesAnUnsignedToken() throws Exception {
        Authenticator authenticator = trusting(TestIssuer.keySet(TestIssuer.of("ES256", "k1")));

        for (String header :
                new String[] {"{\"alg\":\"none\"}", "{\"alg\":\"ES256\"}", "{\"alg\":\"ES256\",\"kid\":\"k1\"}"}) {
            String unsigned = TestIssuer.base64(header) + "." + TestIssuer.base64(CLAIMS);
            assertRefused(Verdict.Reason.INVALID_TOKEN, authenticator, unsigned + ".");
            assertRefused(Verdict.Reason.INVALID_TOKEN, authenticator, unsigned);
            // Two zeros were a good signature for every input in some JDKs.
            assertRefused(Verdict.Reason.INVALID_TOKEN, authenticator, unsigned + "." + "A".repeat(86));
        }
    }

    @Test
    void refusesSignaturesInAnotherForm() throws Exception {
        TestIssuer issuer = TestIssuer.of("ES256", "k1");

        assertRefused(Verdict.Reason.INVALID_TOKEN, trusting(TestIssuer.keySet(issuer)), issuer.tokenInDer(CLAIMS));
    }

    @Test
    void refusesWhatAsksForExtensions() throws Exception {
        TestIssuer issuer = TestIssuer.of("ES256", "k1");

        assertRefused(
                Verdict.Reason.INVALID_TOKEN,
                trusting(TestIssuer.keySet(issuer)),
                issuer.token("{\"alg\":\"ES256\",\"kid\":\"k1\",\"crit\":[\"b64\"],\"b64\":false}", CLAIMS));
    }

    @Test
    void takesSecretAndPublicKeysSideBySide() throws Exception {
        TestIssuer issuer = TestIssuer.of("EdDSA", "k1");
        Authenticator authenticator = authenticator(SECRET, TestIssuer.keySet(issuer));

        assertInstanceOf(Verdict.Admitted.class, verdict(authenticator, issuer.token(CLAIMS)));
        assertInstanceOf(
                Verdict.Admitted.class,
                verdict(
                        authenticator,
                        TestIssuer.hmacToken("{\"alg\":\"HS256\"}", CLAIMS, SECRET.getBytes(StandardCharsets.UTF_8))));
        assertRefused(Verdict.Reason.NO_TOKEN, authenticator, null);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        assertEquals("is not JSON", failure("keys"));
        assertEquals("is not a JSON object with a list of keys", failure("[]"));
        assertEquals("has no key for RS256, ES256 or EdDSA", failure("{\"keys\":[]}"));
        assertEquals("is larger than 256 KB", failure(" ".repeat(300_000)));
        Files.delete(directory.resolve("keys.json"));
        assertEquals("cannot be read", failure(null));
    }

    private String failure(String content) throws IOException {
        if (content != null) {
            Files.writeString(directory.resolve("keys.json"), content);
        }
        Authenticator authenticator = new Authenticator(settings(null), () -> NOW);
        ExecutionException failure = Assertions.assertThrows(
                ExecutionException.class,
                () -> authenticator.prepare().toCompletableFuture().get(10, TimeUnit.SECONDS));
        return assertInstanceOf(KeySetException.class, failure.getCause()).getMessage();
    }

    private Authenticator trusting(String keySet) throws IOException {
        return authenticator(null, keySet);
    }

    private Authenticator authenticator(String secret, String keySet) throws IOException {
        Files.writeString(directory.resolve("keys.json"), keySet);
        return new Authenticator(settings(secret), () -> NOW);
    }

    private AuthSettings settings(String secret) {
        return new AuthSettings(
                secret,
                directory.resolve("keys.json").toUri(),
                null,
                null,
                Duration.ZERO,
                Duration.ZERO,
                false,
                Map.of());
    }

    private static void assertRefused(Verdict.Reason reason, Authenticator authenticator, String token)
            throws Exception {
        assertEquals(new Verdict.Refused(reason), verdict(authenticator, token));
    }

    private static Verdict verdict(Authenticator authenticator, String token) throws Exception {
        return authenticator.admit(token).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
