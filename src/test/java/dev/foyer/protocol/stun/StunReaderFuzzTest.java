package dev.foyer.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.fuzz.Surroundings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Nothing outside the datagram is read, nothing but the sealed vectors passes for authentic, replies stay small. */
class StunReaderFuzzTest implements FuzzTarget {
    private static final InetSocketAddress REMOTE = new InetSocketAddress("2001:db8::1", 4000);
    private static final List<byte[]> SEALED =
            List.of(StunVectors.REQUEST, StunVectors.IPV4_RESPONSE, StunVectors.IPV6_RESPONSE);

    /** The fixed header, an address or eight unknown attributes, a reason, seal and checksum. */
    private static final int LONGEST_REPLY = 128;

    @Override
    public List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>(SEALED);
        corpus.add(Arrays.copyOf(StunVectors.REQUEST, 20));
        return corpus;
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        return Surroundings.areNotSeen(input, StunReaderFuzzTest::see);
    }

    private static Object see(byte[] buffer, int offset, int length) {
        StunReader reader = new StunReader();
        String fragment = StunPeek.usernameFragment(buffer, offset, length);
        if (!reader.wrap(buffer, offset, length)) {
            return List.of(StunPeek.isStun(buffer, offset, length), fragment == null);
        }
        assertTrue(StunPeek.isStun(buffer, offset, length));
        boolean authentic = reader.integrityFits(StunVectors.KEY);
        if (authentic) {
            assertTrue(begunAsSealed(buffer, offset, length), "sealed by nobody");
        }
        assertFalse(reader.integrityFits(new byte[] {1}));
        assertTrue(reader.unknownCount() <= 8);
        assertTrue(reader.priority() >= -1 && reader.priority() <= 0xFFFF_FFFFL);
        replies(reader);
        return List.of(
                reader.type() & 0x111,
                authentic,
                reader.fingerprintFits(),
                reader.useCandidate(),
                reader.controlled(),
                reader.controlling(),
                reader.priority() < 0,
                reader.unknownCount());
    }

    /** The HMAC covers what stands before it; what follows may only be a checksum. */
    private static boolean begunAsSealed(byte[] buffer, int offset, int length) {
        for (byte[] sealed : SEALED) {
            int covered = sealed.length - 8;
            if (length >= covered
                    && buffer[offset] == sealed[0]
                    && buffer[offset + 1] == sealed[1]
                    && Arrays.equals(buffer, offset + 4, offset + covered, sealed, 4, covered)) {
                return true;
            }
        }
        return false;
    }

    private static void replies(StunReader request) {
        StunWriter writer = new StunWriter();
        StunReader reply = new StunReader();
        int success = writer.success(request, REMOTE, StunVectors.KEY);
        assertTrue(success <= LONGEST_REPLY && reply.wrap(writer.buffer(), 0, success));
        assertTrue(reply.integrityFits(StunVectors.KEY) && reply.fingerprintFits());
        int error = writer.error(request, 420, "Unknown Attribute", StunVectors.KEY);
        assertTrue(error <= LONGEST_REPLY && reply.wrap(writer.buffer(), 0, error));
        assertTrue(reply.integrityFits(StunVectors.KEY) && reply.fingerprintFits());
    }
}
