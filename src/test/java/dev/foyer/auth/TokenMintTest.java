package dev.foyer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenMintTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final AuthSettings SETTINGS =
            new AuthSettings("a secret of thirty-two characters", "foyer-issuer", "foyer", false);

    private Instant now = NOW;
    private final TokenMint mint = new TokenMint(SETTINGS, () -> now);
    private final Authenticator authenticator = new Authenticator(SETTINGS, () -> now);

    @Test
    void makesTokensThatSayWhatTheyShould() {
        Identity ada = new Identity("ada", "Ada \"the\" Countess", "r", "host", Set.of(Grant.PUBLISH, Grant.MODERATE));
        Identity root = new Identity("root", null, null, null, null);

        assertEquals(until(ada, NOW.plusSeconds(60)), admitted(mint.mint(ada, Duration.ofMinutes(1))));
        assertEquals(until(root, NOW.plusSeconds(3_600)), admitted(mint.mint(root, Duration.ofHours(1))));
    }

    @Test
    void makesTokensThatEnd() {
        String token = mint.mint(new Identity("ada", null, "r", null, null), Duration.ofMinutes(1));
        now = NOW.plusSeconds(60);

        assertEquals(
                new Verdict.Refused(Verdict.Reason.EXPIRED_TOKEN),
                authenticator.admit(token).toCompletableFuture().join());
    }

    @Test
    void needsASecretAndAUser() {
        assertThrows(IllegalArgumentException.class, () -> new TokenMint(AuthSettings.development(), () -> NOW));
        assertThrows(IllegalArgumentException.class, () -> mint.mint(Identity.guest(), Duration.ofHours(1)));
    }

    private Identity admitted(String token) {
        return assertInstanceOf(
                        Verdict.Admitted.class,
                        authenticator.admit(token).toCompletableFuture().join())
                .identity();
    }

    private static Identity until(Identity identity, Instant end) {
        return new Identity(
                identity.userId(), identity.name(), identity.room(), identity.role(), identity.grants(), end);
    }
}
