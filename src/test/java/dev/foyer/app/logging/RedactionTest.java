package dev.foyer.app.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @AfterEach
    void forget() {
        Redaction.hide(List.of());
    }

    @Test
    void hidesByType() {
        assertEquals("[address]", Redaction.show(InetAddress.ofLiteral("192.0.2.1")));
        assertEquals("[address]", Redaction.show(InetSocketAddress.createUnresolved("example.org", 80)));
        assertEquals("[address]", Redaction.show(io.vertx.core.net.SocketAddress.inetSocketAddress(80, "example.org")));
        assertEquals("[address]", Redaction.show(URI.create("https://example.org/hook?key=1")));
        assertEquals("[secret]", Redaction.show(new SecretKeySpec(new byte[] {1}, "HmacSHA256")));
        assertEquals("[secret]", Redaction.show(new byte[] {1}));
        assertEquals("[secret]", Redaction.show("abc".toCharArray()));
        assertEquals("null", Redaction.show(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection refused: /192.0.2.17:4444|Connection refused: /[address]:4444",
                "from 0:0:0:0:0:0:0:1 to ::1|from [address] to [address]",
                "bound to [2001:db8::7]:80 and fe80::1%eth0|bound to [[address]]:80 and [address]",
                "mapped ::ffff:192.0.2.1.|mapped [address]:[address].",
                "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln here|token [token] here",
                "redis://user:pass@cache.example.org/1|redis://[user]@cache.example.org/1"
            })
    void hidesWhatLooksLikeIt(String text, String shown) {
        assertEquals(shown, Redaction.text(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at 12:34:56 and 1:2",
                "Foyer::takesOffsets",
                "version 5.1.0, 25.0.1+8",
                "2026-11-21T19:24:13Z",
                "room standup, 3 there",
                "file.java:12"
            })
    void leavesTheRest(String text) {
        assertEquals(text, Redaction.text(text));
    }

    @Test
    void hidesWhatWasConfiguredAsASecretWhereverItStands() {
        Redaction.hide(List.of("correct horse", "correct horse battery", "abc"));

        assertEquals("x[secret]y [secret] abc", Redaction.text("xcorrect horse batteryy correct horse abc"));
    }
}
