package dev.foyer.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnClientTest {
    private static final String REALM = "example.org";
    private static final byte[] UDP = {17, 0, 0, 0};

    private final List<Integer> asked = new ArrayList<>();
    private String nonce = "n1";
    private boolean silent;
    private boolean open;
    private final TurnClient client = new TurnClient(this::server, new Random(1));

    @Test
    void learnsItsAddress() throws Exception {
        assertEquals(new TurnOutcome.Works(InetAddress.ofLiteral("192.0.2.1")), client.bind());
    }

    @Test
    void getsAnAllocationAndGivesItBack() throws Exception {
        assertInstanceOf(TurnOutcome.Works.class, client.allocate("user", "password"));
        assertEquals(List.of(StunMessage.ALLOCATE, StunMessage.ALLOCATE, StunMessage.REFRESH), asked);
    }

    @Test
    void isRefusedWithTheWrongPassword() throws Exception {
        TurnOutcome outcome = client.allocate("user", "wrong");

        assertEquals(new TurnOutcome.Refused(401, "Unauthorized"), outcome);
        assertFalse(outcome.toString().contains("wrong"));
    }

    @Test
    void triesAgainWhenTheNonceIsStale() throws Exception {
        nonce = "stale";

        assertInstanceOf(TurnOutcome.Works.class, client.allocate("user", "password"));
        assertEquals(4, asked.size());
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        silent = true;

        assertEquals(new TurnOutcome.Silent("no answer"), client.bind());
        assertEquals(new TurnOutcome.Silent("no answer"), client.allocate("user", "password"));
    }

    @Test
    void takesAServerThatAsksForNoCredentials() throws Exception {
        open = true;

        assertInstanceOf(TurnOutcome.Works.class, client.allocate("user", "password"));
    }

    /** RFC 5769, section 2.4: a request with long-term credentials. */
    @Test
    void readsTheStandardsSample() {
        byte[] sample = HexFormat.of()
                .parseHex("000100602112a44278ad3433c6ad72c029da412e"
                        + "00060012e3839ee38388e383aae38383e382afe382b90000"
                        + "0015001c662f2f3439396b39353464364f4c33346f4c39465354767936347341"
                        + "0014000b6578616d706c652e6f726700"
                        + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");
        StunMessage message = StunMessage.read(sample, sample.length);

        assertNotNull(message);
        String user = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
        assertEquals(user, message.text(StunMessage.USERNAME));
        assertEquals("example.org", message.text(StunMessage.REALM));
        assertEquals(true, message.fits(TurnClient.key(user, "example.org", "TheMatrIX")));
        assertEquals(false, message.fits(TurnClient.key(user, "example.org", "another")));
    }

    @Test
    void takesNothingElseForStun() {
        StunMessage good = StunMessage.of(StunMessage.BINDING, new byte[12]).with(StunMessage.REALM, "abc");
        byte[] bytes = good.bytes();
        assertNotNull(StunMessage.read(bytes, bytes.length));
        for (int length = 0; length < bytes.length; length++) {
            assertNull(StunMessage.read(bytes, length), Integer.toString(length));
        }
        bytes[23] = 127;
        StunMessage overlong = StunMessage.read(bytes, bytes.length);
        assertNotNull(overlong);
        assertNull(overlong.attribute(StunMessage.REALM));
    }

    /** A server with one user, as RFC 8656 section 7.2 has it. */
    private StunMessage server(StunMessage request) throws IOException {
        if (silent) {
            return null;
        }
        asked.add(request.type());
        if (request.type() == StunMessage.BINDING || open) {
            return works(request);
        }
        byte[] key = TurnClient.key("user", REALM, "password");
        String shown = request.text(StunMessage.NONCE);
        if (shown == null) {
            return refusal(request, 401, "Unauthorized");
        }
        if (shown.equals("stale")) {
            nonce = "n2";
            return refusal(request, 438, "Stale Nonce");
        }
        boolean known = "user".equals(request.text(StunMessage.USERNAME)) && shown.equals(nonce) && request.fits(key);
        if (!known) {
            return refusal(request, 401, "Unauthorized");
        }
        if (request.type() == StunMessage.ALLOCATE) {
            assertEquals(
                    HexFormat.of().formatHex(UDP),
                    HexFormat.of().formatHex(request.attribute(StunMessage.REQUESTED_TRANSPORT)));
        }
        return works(request);
    }

    private static StunMessage works(StunMessage request) {
        // 192.0.2.1 port 32853, XORed with the cookie (RFC 5769, section 2.2).
        return StunMessage.of(request.type() | StunMessage.SUCCESS, request.transaction())
                .with(StunMessage.XOR_MAPPED_ADDRESS, HexFormat.of().parseHex("0001a147e112a643"));
    }

    private StunMessage refusal(StunMessage request, int code, String reason) {
        byte[] error = ("\0\0" + (char) (code / 100) + (char) (code % 100) + reason).getBytes(StandardCharsets.UTF_8);
        return StunMessage.of(request.type() | StunMessage.ERROR, request.transaction())
                .with(StunMessage.ERROR_CODE, error)
                .with(StunMessage.REALM, REALM)
                .with(StunMessage.NONCE, nonce);
    }
}
