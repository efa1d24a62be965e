package dev.foyer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWebKeysTest {
    private final TestIssuer good = TestIssuer.of("ES256", "good");

    @Test
    void leavesOutWhatTokensCannotBeCheckedWith() throws Exception {
        TestIssuer issuer = TestIssuer.of("RS256", "k");
        List<VerificationKey> keys = JsonWebKeys.parse(TestIssuer.set(
                issuer.jwk(",\"use\":\"enc\""),
                issuer.jwk(",\"key_ops\":[\"encrypt\"]"),
                issuer.jwk(",\"alg\":\"RS512\""),
                issuer.jwk(",\"alg\":\"HS256\""),
                TestIssuer.elliptic("k", "secp384r1").jwk(""),
                TestIssuer.rsa("k", 1024).jwk(""),
                "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":7}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"!\",\"y\":\"AAAA\"}",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":7}",
                "{}",
                "null",
                "[]",
                good.jwk()));

        assertEquals(List.of("good"), keys.stream().map(VerificationKey::id).toList());
    }

    @Test
    void takesKeysThatSayNothingOfTheirUse() throws Exception {
        List<VerificationKey> keys = JsonWebKeys.parse(TestIssuer.set(
                good.jwk(""), good.jwk(",\"key_ops\":[\"verify\"]"), good.jwk(",\"kid\":7"), good.jwk(",\"x5c\":[]")));

        assertEquals(
                Collections.nCopies(4, SignatureAlgorithm.ES256),
                keys.stream().map(VerificationKey::algorithm).toList());
    }

    @Test
    void boundsHowManyItTakes() throws Exception {
        String set = TestIssuer.set(Collections.nCopies(1_000, good.jwk()).toArray(String[]::new));

        assertEquals(64, JsonWebKeys.parse(set).size());
    }

    @Test
    void refusesASetWithoutKeys() {
        for (String text : List.of("", "null", "{}", "{\"keys\":{}}", "{\"keys\":[{}]}", "{\"keys\":[]} x")) {
            assertThrows(KeySetException.class, () -> JsonWebKeys.parse(text), text);
        }
    }

    @Test
    void keepsKeysOutOfText() throws Exception {
        VerificationKey key = JsonWebKeys.parse(TestIssuer.keySet(good)).getFirst();

        assertFalse(key.toString().contains("good"));
    }
}
