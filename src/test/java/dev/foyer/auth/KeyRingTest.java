package dev.foyer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When an issuer is asked for its keys, with its answers and the time by hand. */
class KeyRingTest {
    /** Stands for an answer that has not come: a test must not wait for one. */
    private static final List<VerificationKey> WAITING = Collections.nCopies(7, null);

    private final TestIssuer first = TestIssuer.of("EdDSA", "first");
    private final TestIssuer second = TestIssuer.of("EdDSA", "second");
    private final List<CompletableFuture<List<VerificationKey>>> fetches = new ArrayList<>();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final KeyRing ring = new KeyRing(
            () -> {
                fetches.add(new CompletableFuture<>());
                return fetches.getLast();
            },
            () -> now);

    @Test
    void waitsForTheFirstKeys() throws Exception {
        CompletableFuture<List<VerificationKey>> one = ask(first);
        CompletableFuture<List<VerificationKey>> another = ask(first);
        assertFalse(one.isDone());

        answer(first);
        assertEquals(1, one.getNow(WAITING).size());
        assertEquals(1, another.getNow(WAITING).size());
        assertEquals(1, fetches.size());
    }

    @Test
    void keepsWhatItHas() throws Exception {
        hold(first);
        pass(KeyRing.FRESH.minusMillis(1));

        assertEquals(1, ask(first).getNow(WAITING).size());
        assertEquals(1, fetches.size());
    }

    @Test
    void fetchesAgainForAKeyThatItDoesNotKnow() throws Exception {
        hold(first);
        pass(KeyRing.PAUSE);
        CompletableFuture<List<VerificationKey>> asked = ask(second);
        assertFalse(asked.isDone());
        assertEquals(1, ask(first).getNow(WAITING).size(), "others need not wait");

        answer(second);
        assertEquals("second", asked.getNow(WAITING).getFirst().id());
        assertTrue(ask(first).getNow(WAITING).isEmpty(), "what the issuer has withdrawn holds no longer");
    }

    @Test
    void doesNotAskMoreOftenForInventedKeys() throws Exception {
        hold(first);
        pass(KeyRing.PAUSE.minusMillis(1));
        for (int i = 0; i < 100; i++) {
            assertTrue(
                    ask(TestIssuer.of("EdDSA", "invented-" + i)).getNow(WAITING).isEmpty());
        }
        assertEquals(1, fetches.size());

        pass(Duration.ofMillis(1));
        var _ = ask(second);
        var _ = ask(second);
        assertEquals(2, fetches.size());
    }

    @Test
    void refreshesOldKeysInTheBackground() throws Exception {
        hold(first);
        pass(KeyRing.FRESH);

        assertEquals(1, ask(first).getNow(WAITING).size());
        assertEquals(2, fetches.size());
        answer(first, second);
        assertEquals(1, ask(second).getNow(WAITING).size());
        assertEquals(2, fetches.size());
    }

    @Test
    void holdsOldKeysWhileTheIssuerFails() throws Exception {
        hold(first);
        pass(KeyRing.FRESH);
        assertEquals(1, ask(first).getNow(WAITING).size());
        fail();
        assertEquals(1, ask(first).getNow(WAITING).size());
        assertEquals(2, fetches.size(), "a failure is not tried again at once");

        pass(KeyRing.PAUSE);
        assertEquals(1, ask(first).getNow(WAITING).size());
        assertEquals(3, fetches.size());
    }

    @Test
    void dropsKeysThatItHeldForADay() throws Exception {
        hold(first);
        pass(KeyRing.HOLD);
        CompletableFuture<List<VerificationKey>> asked = ask(first);
        fail();

        assertTrue(asked.getNow(WAITING).isEmpty());
    }

    @Test
    void refusesWhileThereAreNoKeysAtAll() throws Exception {
        CompletableFuture<List<VerificationKey>> asked = ask(first);
        fail();
        assertTrue(asked.getNow(WAITING).isEmpty());
        assertTrue(ask(first).getNow(WAITING).isEmpty());
        assertEquals(1, fetches.size());

        pass(KeyRing.PAUSE);
        CompletableFuture<List<VerificationKey>> again = ask(first);
        answer(first);
        assertEquals(1, again.getNow(WAITING).size());
    }

    @Test
    void fetchesAgainWhenTheClockWasSetBack() throws Exception {
        hold(first);
        pass(Duration.ofHours(-1));
        CompletableFuture<List<VerificationKey>> asked = ask(first);
        answer(first);

        assertEquals(1, asked.getNow(WAITING).size());
        assertEquals(2, fetches.size());
    }

    @Test
    void givesOnlyKeysOfTheTokensAlgorithm() throws Exception {
        hold(first, TestIssuer.of("ES256", "first"));

        assertEquals(
                List.of(SignatureAlgorithm.EDDSA),
                ask(first).getNow(WAITING).stream()
                        .map(VerificationKey::algorithm)
                        .toList());
    }

    private void hold(TestIssuer... issuers) throws Exception {
        ring.prepare();
        answer(issuers);
    }

    private CompletableFuture<List<VerificationKey>> ask(TestIssuer issuer) {
        return ring.keysFor(SignedToken.parse(issuer.token("{\"sub\":\"u\"}")).orElseThrow())
                .toCompletableFuture();
    }

    private void answer(TestIssuer... issuers) throws Exception {
        fetches.getLast().complete(JsonWebKeys.parse(TestIssuer.keySet(issuers)));
    }

    private void fail() {
        fetches.getLast().completeExceptionally(new KeySetException("cannot be fetched"));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
