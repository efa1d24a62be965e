package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lets whom in, and until when. */
class InvitationsTest {
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Invitations invitations = new Invitations(new Random(1));

    private String create(int uses) {
        return invitations.create(MINUTE, uses, START, 5_000).secret();
    }

    private boolean admits(String secret, String userId) {
        return invitations.admits(secret, userId, START);
    }

    private static long later(long seconds) {
        return START + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void saysUntilWhenItIsGood() {
        Invitation invitation = invitations.create(MINUTE, 3, START, 5_000);
        assertEquals(65_000, invitation.expiresAt());
        assertEquals(3, invitation.uses());
    }

    @Test
    void secretsAreLongAndDifferent() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < Invitations.MAX_OPEN; i++) {
            String secret = create(1);
            assertTrue(secret.matches("[A-Za-z0-9_-]{22}"), secret);
            secrets.add(secret);
        }
        assertEquals(Invitations.MAX_OPEN, secrets.size());
    }

    @Test
    void secretStaysOutOfLogLines() {
        Invitation invitation = invitations.create(MINUTE, 1, START, 5_000);
        assertFalse(invitation.toString().contains(invitation.secret()));
        Ticket ticket = new Ticket(false, false, invitation.secret());
        assertFalse(ticket.toString().contains(invitation.secret()));
    }

    @Test
    void wrongOnesAdmitNobody() {
        String secret = create(1);
        assertFalse(invitations.admits(null, "u", START));
        assertFalse(admits("", "u"));
        assertFalse(admits(secret.substring(1), "u"));
        assertFalse(admits(secret + "A", "u"));
    }

    @Test
    void admitsAsManyUsersAsItSays() {
        String secret = create(2);
        invitations.use(secret, "u");
        assertTrue(admits(secret, "v"));
        invitations.use(secret, "v");
        assertFalse(admits(secret, "w"));
    }

    @Test
    void whoWasLetInMayComeAgainAndIsCountedOnce() {
        String secret = create(2);
        invitations.use(secret, "u");
        invitations.use(secret, "u");
        assertTrue(admits(secret, "v"));
        invitations.use(secret, "v");
        assertTrue(admits(secret, "u"));
        assertTrue(invitations.admits(secret, "u", later(3_600)));
    }

    @Test
    void isGoodUntilItExpires() {
        String secret = create(1);
        assertTrue(invitations.admits(secret, "u", later(59)));
        assertFalse(invitations.admits(secret, "u", later(60)));
    }

    @Test
    void revokedOnesAdmitNobodyNotEvenWhoWasLetIn() {
        String secret = create(5);
        invitations.use(secret, "u");
        assertTrue(invitations.revoke(secret));
        assertFalse(admits(secret, "u"));
        assertFalse(admits(secret, "v"));
        assertFalse(invitations.revoke(secret));
    }

    @Test
    void whoIsForgottenNeedsAnother() {
        String secret = create(1);
        invitations.use(secret, "u");
        invitations.forget("u");
        assertFalse(admits(secret, "u"));
    }

    @Test
    void wayBackIsForOneUserAndLasts() {
        String secret = invitations.createFor("u", START).secret();
        assertFalse(admits(secret, "v"));
        assertTrue(invitations.admits(secret, "u", later(1_000_000)));
    }

    @Test
    void numberIsBoundedButExpiredOnesMakePlace() {
        for (int i = 0; i < Invitations.MAX_OPEN; i++) {
            create(1);
        }
        RoomException refusal = assertThrows(RoomException.class, () -> create(1));
        assertEquals(RoomErrorCode.FORBIDDEN, refusal.code());
        String late = invitations.create(MINUTE, 1, later(60), 65_000).secret();
        assertTrue(invitations.admits(late, "u", later(61)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "604801, 1", "60, 0", "60, 101", "60, -1"})
    void whatIsOutOfRangeIsRefused(long seconds, int uses) {
        RoomException refusal = assertThrows(
                RoomException.class, () -> invitations.create(Duration.ofSeconds(seconds), uses, START, 5_000));
        assertEquals(RoomErrorCode.INVALID_MESSAGE, refusal.code());
    }
}
