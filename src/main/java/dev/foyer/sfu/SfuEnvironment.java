package dev.foyer.sfu;

import dev.foyer.ortc.IceCandidate;
import dev.foyer.protocol.dtls.DtlsCertificate;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;

/** What everything behind one worker shares. */
final class SfuEnvironment {
    /** Room for the longest packet, its SRTP overhead and what header rewriting may add. */
    private static final int SCRATCH = 2048 + 256;

    private static final int ID_BYTES = 16;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    final SfuWorker worker;
    final PacketOutput output;
    final Executor executor;
    final DtlsCertificate certificate;
    final SecureRandom random;
    final SfuCounters counters;
    final HandshakeSlots handshakes;
    final long wallClockOffsetNanos;

    /** Where a packet is built, protected and handed to the output, all within one call. */
    final byte[] outgoing = new byte[SCRATCH];

    /** The same for RTCP, which may be asked for while a packet is being built. */
    final byte[] control = new byte[SCRATCH];

    private List<IceCandidate> candidates = List.of();
    private long nowNanos;

    SfuEnvironment(
            SfuWorker worker,
            PacketOutput output,
            Executor executor,
            DtlsCertificate certificate,
            SecureRandom random,
            SfuCounters counters,
            HandshakeSlots handshakes,
            long wallClockOffsetNanos) {
        this.worker = worker;
        this.output = output;
        this.executor = executor;
        this.certificate = certificate;
        this.random = random;
        this.counters = counters;
        this.handshakes = handshakes;
        this.wallClockOffsetNanos = wallClockOffsetNanos;
    }

    List<IceCandidate> candidates() {
        return candidates;
    }

    void candidates(List<IceCandidate> candidates) {
        this.candidates = List.copyOf(candidates);
    }

    void now(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    /** The time of the last packet or tick: for requests, which have none of their own. At most a tick old. */
    long now() {
        return nowNanos;
    }

    /** Milliseconds since 1970. */
    long wallClockMillis() {
        return (nowNanos + wallClockOffsetNanos) / NANOS_PER_MILLI;
    }

    /** An id that nobody can guess. */
    String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A random ssrc other than 0, which some stacks take for none. */
    long newSsrc() {
        return 1 + random.nextLong(0xFFFF_FFFEL);
    }
}
