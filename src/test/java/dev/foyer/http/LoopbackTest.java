package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST:3000, true",
        "app.localhost:1, true",
        "127.0.0.1, true",
        "127.1.2.3:65535, true",
        "[::1], true",
        "[::1]:3000, true",
        "[0:0:0:0:0:0:0:1], true",
        "localhost., false",
        "localhost.example.org, false",
        "notlocalhost, false",
        "127.0.0.1.example.org, false",
        "0.0.0.0, false",
        "10.0.0.1, false",
        "[::2], false",
        "[::1, false",
        "::1, false",
        "localhost:x, false",
        "localhost:1:2, false",
        ":3000, false",
        "'', false"
    })
    void knowsThisMachineInAHostHeader(String authority, boolean loopback) {
        assertEquals(loopback, Loopback.isLoopbackAuthority(authority));
    }

    @Test
    void takesNoHostHeaderForAnotherMachine() {
        assertFalse(Loopback.isLoopbackAuthority(null));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5173, true",
        "https://127.0.0.1, true",
        "http://[::1]:3000, true",
        "http://localhost.example.org, false",
        "http://example.org#localhost, false",
        "null, false",
        "file://localhost, false",
        "'http://local host', false"
    })
    void knowsPagesOfThisMachine(String origin, boolean loopback) {
        assertEquals(loopback, Loopback.isLoopbackOrigin(origin));
    }
}
