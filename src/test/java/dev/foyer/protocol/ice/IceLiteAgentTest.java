package dev.foyer.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {
    private static final long SECOND = 1_000_000_000L;

    private final IceCredentials credentials = IceCredentials.draw(new Random(1));
    private final IceLiteAgent agent = new IceLiteAgent(credentials);
    private final Recorder out = new Recorder();
    private final Tuple wifi = tuple(1);
    private final Tuple mobile = tuple(2);

    /** Near the end of its range: differences must be what counts. */
    private long now = Long.MAX_VALUE - 3 * SECOND;

    @Test
    void answersACheckWithTheAddressItCameFrom() throws Exception {
        assertEquals(IceOutcome.ANSWERED, check(wifi, new Check(credentials)));

        Message reply = out.onlyReplyTo(wifi);
        assertEquals(Message.BINDING_SUCCESS_RESPONSE, reply.getMessageType());
        var mapped = (XorMappedAddressAttribute) reply.getAttribute(Attribute.XOR_MAPPED_ADDRESS);
        assertEquals(wifi.remote(), mapped.getAddress(reply.getTransactionID()));
    }

    @Test
    void sendsOnTheFirstPathUntilOneIsNominated() {
        check(wifi, new Check(credentials));
        check(mobile, new Check(credentials));
        assertEquals(IceState.CONNECTED, agent.state());
        assertEquals(wifi, agent.selectedTuple());

        check(mobile, new Check(credentials).nominating());
        assertEquals(IceState.COMPLETED, agent.state());
        assertEquals(mobile, agent.selectedTuple());
        assertEquals(List.of("added 1", "selected 1", "CONNECTED", "added 2", "selected 2", "COMPLETED"), out.events);
    }

    @Test
    void staysOnTheNominatedPathWhileOthersAreOnlyChecked() {
        check(wifi, new Check(credentials).nominating());
        for (int i = 0; i < 100; i++) {
            pass(SECOND);
            check(mobile, new Check(credentials).priority(1000));
            check(wifi, new Check(credentials));
        }
        assertEquals(wifi, agent.selectedTuple());
        assertEquals(IceState.COMPLETED, agent.state());
    }

    @Test
    void doesNotFlapUnderAggressiveNomination() {
        for (int i = 0; i < 50; i++) {
            check(wifi, new Check(credentials).nominating().priority(200));
            pass(SECOND / 10);
            check(mobile, new Check(credentials).nominating().priority(100));
            pass(SECOND / 10);
        }
        assertEquals(wifi, agent.selectedTuple());
        assertTrue(
                out.events.stream()
                                .filter(event -> event.startsWith("selected"))
                                .count()
                        <= 3,
                out.events::toString);
    }

    @Test
    void prefersTheHigherPriorityUnderAggressiveNomination() {
        check(mobile, new Check(credentials).nominating().priority(100));
        check(wifi, new Check(credentials).nominating().priority(200));
        check(mobile, new Check(credentials).nominating().priority(100));

        assertEquals(wifi, agent.selectedTuple());
    }

    @Test
    void followsANominationToAPathOfLowerPriority() {
        check(wifi, new Check(credentials).nominating().priority(200));
        pass(SECOND);
        check(mobile, new Check(credentials).nominating().priority(100));
        assertEquals(mobile, agent.selectedTuple());

        pass(6 * SECOND);
        check(wifi, new Check(credentials).nominating().priority(50));
        assertEquals(wifi, agent.selectedTuple(), "back again");
    }

    @Test
    void answersAPeerThatTakesItselfForControlledWithRoleConflict() throws Exception {
        assertEquals(
                IceOutcome.ROLE_CONFLICT,
                check(wifi, new Check(credentials).controlled().nominating()));

        Message reply = out.onlyReplyTo(wifi);
        var error = (ErrorCodeAttribute) reply.getAttribute(Attribute.ERROR_CODE);
        assertEquals(487, 100 * error.getErrorClass() + error.getErrorNumber());
        assertUntouched();
    }

    @Test
    void answersUnknownRequiredAttributesWithTheirList() throws Exception {
        assertEquals(IceOutcome.UNKNOWN_ATTRIBUTE, check(wifi, new Check(credentials).unknownAttribute(0x7F00)));

        Message reply = out.onlyReplyTo(wifi);
        var error = (ErrorCodeAttribute) reply.getAttribute(Attribute.ERROR_CODE);
        assertEquals(420, 100 * error.getErrorClass() + error.getErrorNumber());
        assertUntouched();
    }

    @Test
    void ignoresUnknownOptionalAttributes() {
        assertEquals(IceOutcome.ANSWERED, check(wifi, new Check(credentials).unknownAttribute(0xC057)));
    }

    @Test
    void acceptsAMissingFingerprint() {
        assertEquals(IceOutcome.ANSWERED, check(wifi, new Check(credentials).withoutFingerprint()));
    }

    @Test
    void neitherAnswersNorRemembersWhatIsNotAuthentic() {
        IceCredentials other = IceCredentials.draw(new Random(2));
        assertEquals(IceOutcome.UNAUTHENTICATED, check(wifi, new Check(credentials).password(other.password())));
        assertEquals(IceOutcome.UNAUTHENTICATED, check(wifi, new Check(credentials).withoutIntegrity()));
        assertEquals(
                IceOutcome.UNAUTHENTICATED,
                check(wifi, new Check(credentials).withoutIntegrity().controlled()));
        assertEquals(IceOutcome.UNKNOWN_USERNAME, check(wifi, new Check(other)));
        byte[] badFingerprint = new Check(credentials).bytes();
        badFingerprint[badFingerprint.length - 1]++;
        assertEquals(IceOutcome.BAD_FINGERPRINT, check(wifi, badFingerprint));
        assertEquals(IceOutcome.MALFORMED, check(wifi, new byte[] {0, 1, 0, 0}));

        assertUntouched();
        assertTrue(out.replies.isEmpty());
    }

    @Test
    void ignoresIndicationsAndResponses() {
        for (int type : new int[] {0x0011, 0x0101, 0x0111, 0x0003}) {
            assertEquals(IceOutcome.IGNORED, check(wifi, new Check(credentials).type(type)));
        }
        assertUntouched();
        assertTrue(out.replies.isEmpty());
    }

    @Test
    void survivesEveryTruncationAndSeededMutation() {
        mutate(new Check(credentials).nominating().bytes(), 8);
        mutate(new Check(credentials).nominating().withoutFingerprint().bytes(), 0);
    }

    private void mutate(byte[] valid, int fingerprint) {
        for (int length = 0; length < valid.length; length++) {
            check(wifi, Arrays.copyOf(valid, length));
        }
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            byte[] mutated = valid.clone();
            // FINGERPRINT stands behind the integrity, and its loss is no harm.
            int at = random.nextInt(valid.length - fingerprint);
            mutated[at] ^= (byte) (1 + random.nextInt(255));
            for (int j = random.nextInt(4); j > 0; j--) {
                mutated[random.nextInt(at + 1)] = (byte) random.nextInt();
            }
            if (!Arrays.equals(valid, mutated)) {
                check(wifi, mutated);
            }
        }
        assertUntouched();
        assertTrue(out.replies.isEmpty());
    }

    @Test
    void keepsTheOldCredentialsUntilTheNewOnesAreUsed() {
        check(wifi, new Check(credentials).nominating());
        IceCredentials fresh = IceCredentials.draw(new Random(4));
        agent.restart(fresh);
        assertEquals(fresh, agent.credentials());
        assertEquals(IceOutcome.ANSWERED, check(wifi, new Check(credentials)));
        assertEquals(wifi, agent.selectedTuple());

        assertEquals(IceOutcome.ANSWERED, check(mobile, new Check(fresh).nominating()));
        assertEquals(mobile, agent.selectedTuple());
        assertEquals(IceOutcome.UNKNOWN_USERNAME, check(wifi, new Check(credentials)));
    }

    @Test
    void refusesTheNewNameWithTheOldPassword() {
        IceCredentials fresh = IceCredentials.draw(new Random(4));
        agent.restart(fresh);

        assertEquals(IceOutcome.UNAUTHENTICATED, check(wifi, new Check(fresh).password(credentials.password())));
        assertEquals(IceOutcome.ANSWERED, check(wifi, new Check(credentials)));
    }

    @Test
    void disconnectsAfterThirtySecondsOfSilenceAndConnectsAgain() {
        check(wifi, new Check(credentials).nominating());
        pass(IceLiteAgent.CONSENT_NANOS - 1);
        assertEquals(IceState.COMPLETED, agent.state());
        pass(1);
        assertEquals(IceState.DISCONNECTED, agent.state());
        assertNull(agent.selectedTuple());
        assertTrue(agent.tuples().isEmpty());

        check(mobile, new Check(credentials));
        assertEquals(IceState.CONNECTED, agent.state());
        assertEquals(mobile, agent.selectedTuple());
    }

    @Test
    void staysNewWithoutAnyCheck() {
        pass(3600 * SECOND);
        assertEquals(IceState.NEW, agent.state());
        assertUntouched();
    }

    @Test
    void staysConnectedWhileChecksArrive() {
        check(wifi, new Check(credentials).nominating());
        for (int i = 0; i < 100; i++) {
            pass(25 * SECOND);
            check(wifi, new Check(credentials));
        }
        assertEquals(IceState.COMPLETED, agent.state());
    }

    @Test
    void fallsBackToALivePathWhenTheSelectedOneFellSilent() {
        check(wifi, new Check(credentials).nominating());
        for (int i = 0; i < 4; i++) {
            pass(10 * SECOND);
            check(mobile, new Check(credentials));
        }
        assertEquals(mobile, agent.selectedTuple());
        assertEquals(IceState.CONNECTED, agent.state());
        assertEquals(List.of(mobile), agent.tuples());
    }

    @Test
    void remembersABoundedNumberOfPathsAndNeverForgetsTheSelectedOne() {
        check(wifi, new Check(credentials).nominating());
        for (int host = 10; host < 200; host++) {
            now += 1000;
            check(tuple(host), new Check(credentials));
        }
        assertEquals(IceLiteAgent.MAX_TUPLES, agent.tuples().size());
        assertEquals(wifi, agent.selectedTuple());
        assertTrue(agent.tuples().contains(wifi));
        assertTrue(agent.tuples().contains(tuple(199)));
        assertFalse(agent.tuples().contains(tuple(10)));
        long removed =
                out.events.stream().filter(event -> event.startsWith("removed")).count();
        assertEquals(191 - IceLiteAgent.MAX_TUPLES, removed);
    }

    @Test
    void movesToTheBestOtherPathWhenAConnectionIsLost() {
        check(wifi, new Check(credentials).nominating());
        check(mobile, new Check(credentials));
        out.events.clear();

        agent.drop(wifi, out);
        assertEquals(mobile, agent.selectedTuple());
        assertEquals(List.of("removed 1", "selected 2", "CONNECTED"), out.events);

        agent.drop(wifi, out);
        assertEquals(3, out.events.size(), "a path that is not there");
    }

    @Test
    void isDisconnectedWhenItsOnlyConnectionIsLostAndConnectsAgain() {
        check(wifi, new Check(credentials).nominating());
        agent.drop(wifi, out);
        assertEquals(IceState.DISCONNECTED, agent.state());
        assertNull(agent.selectedTuple());

        check(mobile, new Check(credentials).nominating());
        assertEquals(IceState.COMPLETED, agent.state());
        assertEquals(mobile, agent.selectedTuple());
    }

    @Test
    void losesNothingElseWithAPathThatIsNotSelected() {
        check(wifi, new Check(credentials).nominating());
        check(mobile, new Check(credentials));
        agent.drop(mobile, out);
        assertEquals(IceState.COMPLETED, agent.state());
        assertEquals(List.of(wifi), agent.tuples());
    }

    @Test
    void repliesAreNoLongerThanWhatTheyAnswer() {
        for (int unknown = 1; unknown < 40; unknown++) {
            assertReplyNotLonger(
                    IceOutcome.UNKNOWN_ATTRIBUTE, new Check(credentials).bare().emptyUnknownAttributes(unknown));
        }
        assertReplyNotLonger(
                IceOutcome.ROLE_CONFLICT, new Check(credentials).bare().controlled());
        assertReplyNotLonger(IceOutcome.ANSWERED, new Check(credentials).bare());
    }

    private void assertReplyNotLonger(IceOutcome outcome, Check request) {
        out.replies.clear();
        byte[] bytes = request.bytes();
        assertEquals(outcome, check(wifi, bytes));
        int reply = out.replies.getFirst().length;
        assertTrue(reply <= bytes.length, () -> outcome + ": " + reply + " bytes for " + bytes.length);
    }

    private IceOutcome check(Tuple from, Check check) {
        return check(from, check.bytes());
    }

    private IceOutcome check(Tuple from, byte[] bytes) {
        byte[] array = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, array, 11, bytes.length);
        return agent.handle(array, 11, bytes.length, from, now, out);
    }

    private void pass(long nanos) {
        now += nanos;
        agent.onTimer(now, out);
    }

    private void assertUntouched() {
        assertEquals(IceState.NEW, agent.state());
        assertNull(agent.selectedTuple());
        assertTrue(agent.tuples().isEmpty());
        assertTrue(out.events.isEmpty());
    }

    private static Tuple tuple(int host) {
        return new Tuple(
                TransportProtocol.UDP,
                new InetSocketAddress("192.0.2.250", 40000),
                new InetSocketAddress("192.0.2." + host, 5000 + host));
    }

    private static final class Recorder implements IceOutput {
        final List<String> events = new ArrayList<>();
        final List<byte[]> replies = new ArrayList<>();
        final List<Tuple> to = new ArrayList<>();

        @Override
        public void send(Tuple tuple, byte[] buffer, int offset, int length) {
            replies.add(Arrays.copyOfRange(buffer, offset, offset + length));
            to.add(tuple);
        }

        @Override
        public void tupleAdded(Tuple tuple) {
            events.add("added " + host(tuple));
        }

        @Override
        public void tupleRemoved(Tuple tuple) {
            events.add("removed " + host(tuple));
        }

        @Override
        public void tupleSelected(Tuple tuple) {
            events.add("selected " + host(tuple));
        }

        @Override
        public void stateChanged(IceState state) {
            events.add(state.name());
        }

        Message onlyReplyTo(Tuple tuple) throws Exception {
            assertEquals(List.of(tuple), to);
            return Message.decode(replies.getFirst(), 0, replies.getFirst().length);
        }

        private static int host(Tuple tuple) {
            return tuple.remote().getAddress().getAddress()[3] & 0xFF;
        }
    }
}
