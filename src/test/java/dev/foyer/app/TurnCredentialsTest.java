package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.room.IceServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TurnCredentialsTest {
    private static final List<String> URLS = List.of("turn:turn.example.org:3478");

    @Test
    void signsTheTimeUntilWhichAUserMayRelay() throws Exception {
        TurnCredentials credentials =
                new TurnCredentials(new TurnSettings(URLS, "secret", null, null), () -> Instant.ofEpochSecond(1_000));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String password = Base64.getEncoder().encodeToString(mac.doFinal("44200:u_1".getBytes(StandardCharsets.UTF_8)));

        assertEquals(List.of(new IceServer(URLS, "44200:u_1", password)), credentials.forUser("u:1"));
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
}
