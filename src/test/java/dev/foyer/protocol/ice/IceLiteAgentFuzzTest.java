package dev.foyer.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Only a check that was sealed with the password leaves a trace: a reply, a path, a state. */
class IceLiteAgentFuzzTest implements FuzzTarget {
    private static final IceCredentials CREDENTIALS = new IceCredentials("fragment", "passwordOf22Characters");
    private static final Tuple FROM = new Tuple(
            TransportProtocol.UDP, new InetSocketAddress("192.0.2.1", 1), new InetSocketAddress("192.0.2.2", 2));

    /** What stands in a check behind the seal: the checksum's attribute. */
    private static final int CHECKSUM = 8;

    private final List<byte[]> checks = List.of(
            new Check(CREDENTIALS).bytes(),
            new Check(CREDENTIALS).nominating().priority(-1).bytes(),
            new Check(CREDENTIALS).controlled().bytes(),
            new Check(CREDENTIALS).unknownAttribute(0x7777).bytes(),
            new Check(CREDENTIALS).withoutFingerprint().bytes());

    @Override
    public List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>(checks);
        corpus.add(new Check(CREDENTIALS).password("anotherOf22Characters0").bytes());
        corpus.add(new Check(CREDENTIALS).withoutIntegrity().bytes());
        corpus.add(new Check(CREDENTIALS).type(0x0101).bytes());
        return corpus;
    }

    @Override
    public Object examine(byte[] input) {
        IceLiteAgent agent = new IceLiteAgent(CREDENTIALS);
        Trace trace = new Trace();
        IceOutcome outcome = agent.handle(input, 0, input.length, FROM, 0, trace);
        if (outcome == IceOutcome.ANSWERED || trace.events > 0) {
            assertTrue(isSealed(input), outcome + " without the password");
        } else {
            assertEquals(List.of(), agent.tuples());
            assertEquals(IceState.NEW, agent.state());
        }
        assertTrue(trace.sent <= 128, "a reply of " + trace.sent + " bytes");
        return List.of(outcome, trace.events, agent.state());
    }

    /** Whether all that the HMAC covers is as it was sealed; the length in the header is not among it. */
    private boolean isSealed(byte[] input) {
        for (byte[] check : checks) {
            int covered = check.length - (Arrays.equals(check, checks.getLast()) ? 0 : CHECKSUM);
            if (input.length >= covered
                    && input[1] == check[1]
                    && Arrays.equals(input, 4, covered, check, 4, covered)) {
                return true;
            }
        }
        return false;
    }

    private static final class Trace implements IceOutput {
        private int events;
        private int sent;

        @Override
        public void send(Tuple to, byte[] buffer, int offset, int length) {
            events++;
            sent += length;
        }

        @Override
        public void tupleAdded(Tuple tuple) {
            events++;
        }

        @Override
        public void tupleRemoved(Tuple tuple) {
            events++;
        }

        @Override
        public void tupleSelected(Tuple tuple) {
            events++;
        }

        @Override
        public void stateChanged(IceState state) {
            events++;
        }
    }
}
