package dev.foyer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Identity ADA = new Identity("ada", "Ada", "r", "host", Set.of(Grant.PUBLISH), NOON);

    @Test
    void isRenewedByTheSameUserInTheSameRoomAndRole() {
        assertTrue(new Identity("ada", "Countess", "r", "host", Set.of(Grant.PUBLISH)).renews(ADA));
        assertTrue(new Identity("ada", null, "r", "host", Set.of(Grant.PUBLISH, Grant.RECORD)).renews(ADA));

        assertFalse(new Identity("bob", "Ada", "r", "host", Set.of(Grant.PUBLISH)).renews(ADA));
        assertFalse(new Identity("ada", "Ada", "s", "host", Set.of(Grant.PUBLISH)).renews(ADA));
        assertFalse(new Identity("ada", "Ada", null, "host", Set.of(Grant.PUBLISH)).renews(ADA));
        assertFalse(new Identity("ada", "Ada", "r", "viewer", Set.of(Grant.PUBLISH)).renews(ADA));
        assertFalse(new Identity("ada", "Ada", "r", "host", Set.of(Grant.RECORD)).renews(ADA));
        assertFalse(new Identity("ada", "Ada", "r", "host", null).renews(ADA));
        assertFalse(Identity.guest().renews(Identity.guest()));
    }

    @Test
    void hasExpiredFromThatTimeOn() {
        assertFalse(ADA.hasExpired(NOON.minusMillis(1)));
        assertTrue(ADA.hasExpired(NOON));
        assertFalse(new Identity("ada", null, null, null, null).hasExpired(Instant.MAX));
    }

    @Test
    void mayChooseToBeHostByItsGrantsAlone() {
        assertTrue(Identity.guest().mayChooseHost());
        assertTrue(new Identity("a", null, null, null, Set.of(Grant.MODERATE)).mayChooseHost());
        assertTrue(new Identity("a", null, null, null, Set.of(Grant.ADMIN)).mayChooseHost());
        assertFalse(new Identity("a", null, null, null, null).mayChooseHost());
        assertFalse(Identity.guest(Set.of(Grant.PUBLISH)).mayChooseHost());
    }

    @Test
    void givesGuestsWhatTheyMay() {
        Identity guest = Identity.guest(Set.of(Grant.SUBSCRIBE));

        assertTrue(guest.isGuest());
        assertTrue(guest.may(Grant.SUBSCRIBE, Set.of()));
        assertFalse(guest.may(Grant.PUBLISH, Set.of(Grant.PUBLISH)));
        assertEquals(guest, Identity.guest(Set.of(Grant.SUBSCRIBE)));
    }
}
