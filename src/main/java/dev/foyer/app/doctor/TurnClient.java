package dev.foyer.app.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a STUN server for an address (RFC 8489), or a TURN server for an allocation with long-term credentials (RFC 8656
 * section 7), which it gives back.
 */
final class TurnClient {
    /** Protocol number of UDP, in the first of four bytes. */
    private static final byte[] UDP = {17, 0, 0, 0};

    private static final int UNAUTHENTICATED = 401;
    private static final int STALE_NONCE = 438;

    private final Exchange exchange;
    private final RandomGenerator random;

    /** Sends a request and waits for the answer. */
    interface Exchange {
        /**
         * One request, one answer.
         *
         * @return null when nothing came in time
         */
        @Nullable
        StunMessage ask(StunMessage request) throws IOException;
    }

    TurnClient(Exchange exchange, RandomGenerator random) {
        this.exchange = exchange;
        this.random = random;
    }

    TurnOutcome bind() throws IOException {
        return outcome(exchange.ask(request(StunMessage.BINDING)));
    }

    TurnOutcome allocate(String username, String password) throws IOException {
        StunMessage refusal = exchange.ask(allocation());
        if (refusal == null || refusal.errorCode() != UNAUTHENTICATED) {
            // A server that asks for no credentials gives the allocation at once.
            return outcome(refusal);
        }
        StunMessage answer = ask(allocation(), refusal, username, password);
        if (answer != null && answer.errorCode() == STALE_NONCE) {
            refusal = answer;
            answer = ask(allocation(), refusal, username, password);
        }
        TurnOutcome outcome = outcome(answer);
        if (outcome instanceof TurnOutcome.Works) {
            StunMessage end = request(StunMessage.REFRESH).with(StunMessage.LIFETIME, new byte[4]);
            StunMessage _ = ask(end, refusal, username, password);
        }
        return outcome;
    }

    private StunMessage allocation() {
        return request(StunMessage.ALLOCATE).with(StunMessage.REQUESTED_TRANSPORT, UDP);
    }

    private @Nullable StunMessage ask(StunMessage request, StunMessage refusal, String username, String password)
            throws IOException {
        String realm = String.valueOf(refusal.text(StunMessage.REALM));
        byte[] nonce = refusal.attribute(StunMessage.NONCE);
        return exchange.ask(request.with(StunMessage.USERNAME, username)
                .with(StunMessage.REALM, realm)
                .with(StunMessage.NONCE, nonce == null ? new byte[0] : nonce)
                .sealed(key(username, realm, password)));
    }

    private StunMessage request(int method) {
        ByteBuffer transaction = ByteBuffer.allocate(StunMessage.TRANSACTION);
        transaction.putLong(random.nextLong()).putInt(random.nextInt());
        return StunMessage.of(method, transaction.array());
    }

    /** The key of long-term credentials (RFC 8489 section 9.2.2). */
    static byte[] key(String username, String realm, String password) {
        try {
            return MessageDigest.getInstance("MD5")
                    .digest((username + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    private static TurnOutcome outcome(@Nullable StunMessage answer) {
        if (answer == null) {
            return new TurnOutcome.Silent("no answer");
        }
        if ((answer.type() & StunMessage.ERROR) == StunMessage.ERROR) {
            return new TurnOutcome.Refused(answer.errorCode(), answer.errorReason());
        }
        InetAddress mapped = answer.mapped();
        return mapped == null ? new TurnOutcome.Silent("an answer without an address") : new TurnOutcome.Works(mapped);
    }
}
