package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.room.IceServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnCredentialsTest {
    private static final List<String> URLS = List.of("turn:turn.example.org:3478");

    @Test
    void signsTheTimeUntilWhichAUserMayRelay() throws Exception {
        TurnCredentials credentials =
                new TurnCredentials(new TurnSettings(URLS, "secret", null, null), () -> Instant.ofEpochSecond(1_000));

        assertEquals(List.of(new IceServer(URLS, "44200:u_1", password("44200:u_1"))), credentials.forUser("u:1"));
    }

    @ParameterizedTest
    @CsvSource({
        "z\u00fcrich,z_rich",
        "'a\r\nX-Header: b',a__X-Header__b",
        "'a b',a_b",
        "a:b:c,a_b_c",
        "'\uD83D\uDE00\u00a0!9;~\u007f',__!9;~_",
    })
    void namesUsersInPrintableAsciiAndSignsWhatItSends(String userId, String name) throws Exception {
        TurnCredentials credentials =
                new TurnCredentials(new TurnSettings(URLS, "secret", null, null), () -> Instant.ofEpochSecond(1_000));

        IceServer server = credentials.forUser(userId).getFirst();

        assertEquals("44200:" + name, server.username());
        assertEquals(password("44200:" + name), server.credential());
    }

    @Test
    void handsOutFixedCredentialsAsTheyAre() {
        TurnCredentials credentials = new TurnCredentials(new TurnSettings(URLS, null, "u", "p"), () -> Instant.EPOCH);

        assertEquals(List.of(new IceServer(URLS, "u", "p")), credentials.forUser("anybody"));
    }

    @Test
    void namesNoServerWhenNoneIsConfigured() {
        TurnCredentials credentials =
                new TurnCredentials(new TurnSettings(List.of(), null, null, null), () -> Instant.EPOCH);

        assertEquals(List.of(), credentials.forUser("anybody"));
    }

    private static String password(String username) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    }
}
