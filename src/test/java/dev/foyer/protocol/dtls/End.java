package dev.foyer.protocol.dtls;

import dev.foyer.protocol.srtp.SrtpKeys;
import dev.foyer.protocol.srtp.SrtpProfile;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One end of an association on a {@link Loop}, its wire, and all that it told its listener. */
final class End implements DtlsListener {
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsCertificate OURS = DtlsCertificate.generate(RANDOM, Instant.EPOCH);
    static final DtlsCertificate THEIRS = DtlsCertificate.generate(RANDOM, Instant.EPOCH);

    final List<Thread> threads = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    final DtlsSession session;
    SrtpKeys keys;
    DtlsFailure failure;
    boolean closed;

    /** What becomes of each datagram sent: none, one or more arrive. */
    Function<byte[], List<byte[]>> wire = List::of;

    Consumer<byte[]> peer = _ -> {};

    End(Loop loop, DtlsCertificate certificate, SrtpProfile... profiles) {
        this(loop, certificate, DtlsSession.HANDSHAKE_TIMEOUT_MILLIS, profiles);
    }

    End(Loop loop, DtlsCertificate certificate, int timeoutMillis, SrtpProfile... profiles) {
        DtlsOptions options = new DtlsOptions(
                profiles.length == 0 ? List.of(SrtpProfile.values()) : List.of(profiles), timeoutMillis, task -> {
                    Thread thread = Thread.ofVirtual().unstarted(task);
                    threads.add(thread);
                    return thread;
                });
        session = new DtlsSession(certificate, this::send, this, loop, RANDOM, options);
    }

    /** Joins two ends by wires that deliver at once, on the loop. */
    static void join(Loop loop, End a, End b) {
        a.peer = datagram -> loop.execute(() -> b.session.receive(datagram, 0, datagram.length));
        b.peer = datagram -> loop.execute(() -> a.session.receive(datagram, 0, datagram.length));
    }

    boolean isOver() {
        return keys != null || failure != null;
    }

    boolean say(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return session.send(bytes, 0, bytes.length);
    }

    private void send(byte[] buffer, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
        sent.add(copy);
        wire.apply(copy).forEach(peer);
    }

    @Override
    public void onConnected(SrtpKeys exported) {
        keys = exported;
    }

    @Override
    public void onFailed(DtlsFailure reason) {
        failure = reason;
    }

    @Override
    public void onClosed() {
        closed = true;
    }

    @Override
    public void onApplicationData(byte[] buffer, int offset, int length) {
        received.add(new String(buffer, offset, length, StandardCharsets.US_ASCII));
    }
}
