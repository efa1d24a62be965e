package dev.foyer.room;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.room.TopologyStep.Aborted;
import dev.foyer.room.TopologyStep.Changed;
import dev.foyer.room.TopologyStep.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyPolicyTest {
    private final List<TopologyStep> steps = new ArrayList<>();
    private TopologyPolicy policy = new TopologyPolicy(TopologySettings.defaults(), false);
    private long nowNanos = Long.MAX_VALUE - MILLISECONDS.toNanos(90_000);

    private void join(String id) {
        join(id, Dialect.CALL, true);
    }

    private void join(String id, Dialect dialect, boolean meshCapable) {
        steps.addAll(policy.join(
                id, dialect, meshCapable ? new MeshSupport.Seamless() : new MeshSupport.None(), false, nowNanos));
        pass(0);
    }

    private void joinAll(String... ids) {
        for (String id : ids) {
            join(id);
        }
    }

    private void leave(String id) {
        policy.leave(id);
        pass(0);
    }

    private void ready(String... ids) {
        for (String id : ids) {
            policy.ready(id, policy.topology().epoch());
        }
        pass(0);
    }

    private void link(String from, String to, Double loss, Boolean relayed) {
        policy.link(from, new LinkReport(to, false, loss, relayed), nowNanos);
        pass(0);
    }

    private void fail(String from, String to) {
        policy.link(from, new LinkReport(to, true, null, null), nowNanos);
        pass(0);
    }

    /** Lets time pass as a room would: never further than the policy asked for. */
    private void pass(long millis) {
        long leftNanos = MILLISECONDS.toNanos(millis);
        steps.addAll(policy.advance(nowNanos));
        while (leftNanos > 0) {
            long delay = policy.delayNanos(nowNanos);
            assertTrue(delay > 0, "asks to be called again at once");
            long span = Math.min(delay, leftNanos);
            nowNanos += span;
            leftNanos -= span;
            steps.addAll(policy.advance(nowNanos));
        }
    }

    private List<TopologyStep> steps() {
        List<TopologyStep> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    private void expectUp(TopologyReason reason) {
        List<TopologyStep> taken = steps();
        assertEquals(1, taken.size(), taken::toString);
        Topology topology = ((Changed) taken.getFirst()).topology();
        assertEquals(TopologyMode.SFU, topology.mode());
        assertEquals(reason, topology.reason());
        assertFalse(topology.committed());
    }

    private void expectNothing() {
        assertEquals(List.of(), steps());
    }

    /** Brings a room of a, b, c, d to the SFU and leaves a and b in it. */
    private void shrinkFromSfu() {
        joinAll("a", "b", "c", "d");
        ready("a", "b", "c", "d");
        leave("c");
        leave("d");
        steps();
    }

    @Test
    void staysInMeshUpToItsLimit() {
        joinAll("a", "b", "c");
        expectNothing();
        join("d");
        expectUp(TopologyReason.PARTICIPANTS);
    }

    @Test
    void cinemaGoesToTheSfuWithTheThird() {
        policy = new TopologyPolicy(RoomTypeSettings.defaults(RoomType.CINEMA).topology(), false);
        joinAll("a", "b");
        expectNothing();
        join("c");
        expectUp(TopologyReason.PARTICIPANTS);
    }

    @Test
    void mixedDialectsNeedTheSfu() {
        join("a");
        join("b", Dialect.GUIDE, true);
        expectUp(TopologyReason.MIXED_DIALECTS);
    }

    @Test
    void oneWhoCannotDoMeshNeedsTheSfu() {
        join("a");
        join("b", Dialect.CALL, false);
        expectUp(TopologyReason.NOT_MESH_CAPABLE);
    }

    @Test
    void serverSideClientNeedsTheSfu() {
        join("a");
        join("whip", Dialect.WHIP, false);
        expectUp(TopologyReason.SERVER_SIDE_CLIENT);
    }

    @Test
    void recordingNeedsTheSfu() {
        join("a");
        policy.recording(true);
        pass(0);
        expectUp(TopologyReason.RECORDING);
    }

    @Test
    void participantMayAskForTheSfu() {
        joinAll("a", "b");
        policy.request("b", true);
        pass(0);
        expectUp(TopologyReason.REQUESTED);
    }

    @Test
    void failedLinkNeedsTheSfuForGood() {
        joinAll("a", "b");
        fail("a", "b");
        expectUp(TopologyReason.LINK_FAILED);
        ready("a", "b");
        steps();
        pass(3_600_000 * 3);
        expectNothing();
    }

    @Test
    void lossHasToLast() {
        joinAll("a", "b");
        link("a", "b", 0.06, null);
        pass(4_999);
        link("a", "b", 0.05, null);
        pass(10_000);
        expectNothing();
        link("a", "b", 0.06, null);
        pass(3_000);
        link("a", "b", 0.5, null);
        pass(1_999);
        expectNothing();
        pass(1);
        expectUp(TopologyReason.LINK_LOSSY);
    }

    @Test
    void relayCountsWhenBothSidesUseOne() {
        joinAll("a", "b", "c");
        link("a", "b", null, true);
        link("b", "c", null, true);
        expectNothing();
        link("b", "a", null, true);
        expectUp(TopologyReason.LINK_RELAYED);
    }

    @Test
    void linksToStrangersMeanNothing() {
        joinAll("a", "b");
        fail("a", "x");
        fail("x", "a");
        expectNothing();
    }

    @Test
    void roomOfThatPolicyBeginsInTheSfu() {
        policy = new TopologyPolicy(TopologySettings.defaults(), true);
        join("a");
        assertEquals(new Topology(TopologyMode.SFU, 2, TopologyReason.POLICY, true), policy.topology());
        assertEquals(2, steps().size());
    }

    @Test
    void commitsWhenEveryMeshCapableOneIsReady() {
        joinAll("a", "b");
        join("plain", Dialect.CALL, false);
        steps();
        ready("a");
        expectNothing();
        ready("b");
        assertEquals(List.of(new Committed(policy.committed())), steps());
        assertTrue(policy.committed().committed());
    }

    @Test
    void readinessForAnotherEpochDoesNotCount() {
        joinAll("a", "b", "c", "d");
        steps();
        for (String id : List.of("a", "b", "c", "d")) {
            policy.ready(id, 1);
            policy.ready(id, 3);
        }
        pass(0);
        expectNothing();
    }

    @Test
    void lateJoinerIsWaitedForAndLeaverIsNot() {
        joinAll("a", "b", "c", "d");
        ready("a", "b", "c");
        join("e");
        steps();
        ready("d");
        expectNothing();
        leave("e");
        assertEquals(1, steps().size());
    }

    @Test
    void commitsWhenTheTimeIsUp() {
        joinAll("a", "b", "c", "d");
        ready("a");
        steps();
        pass(9_999);
        expectNothing();
        pass(1);
        assertEquals(List.of(new Committed(policy.committed())), steps());
    }

    @Test
    void vanishedTriggerDoesNotCallTheChangeOff() {
        joinAll("a", "b", "c", "d");
        steps();
        leave("d");
        ready("a", "b", "c");
        assertEquals(List.of(new Committed(policy.committed())), steps());
        assertEquals(TopologyMode.SFU, policy.committed().mode());
    }

    @Test
    void secondTriggerWhilePendingChangesNothing() {
        joinAll("a", "b", "c", "d");
        steps();
        policy.recording(true);
        fail("a", "b");
        join("e");
        expectNothing();
    }

    @Test
    void abortRemovesAllWhoJoinedSince() {
        joinAll("a", "b", "c", "d");
        pass(1_000);
        join("e");
        steps();
        pass(4_000);
        Topology topology = new Topology(TopologyMode.P2P, 3, TopologyReason.SFU_UNAVAILABLE, true);
        assertEquals(List.of(new Aborted(topology, Set.of("d", "e"))), steps());
        assertEquals(topology, policy.topology());
        pass(60_000);
        expectNothing();
    }

    @Test
    void triggerThatStaysIsTriedAgainAfterAnAbort() {
        joinAll("a", "b");
        policy.request("a", true);
        pass(5_000);
        steps();
        assertTrue(policy.refuses("p", Dialect.CALL, new MeshSupport.None(), false, nowNanos));
        pass(9_999);
        expectNothing();
        pass(1);
        expectUp(TopologyReason.REQUESTED);
        assertFalse(policy.refuses("p", Dialect.CALL, new MeshSupport.None(), false, nowNanos));
    }

    @Test
    void connectedTransportPreventsTheAbort() {
        joinAll("a", "b", "c", "d");
        policy.sfuConnected("c", true);
        steps();
        pass(9_999);
        expectNothing();
    }

    @Test
    void readinessPreventsTheAbortEvenWhenWithdrawn() {
        joinAll("a", "b", "c", "d");
        ready("a");
        policy.withdrawReady("b");
        steps();
        pass(9_999);
        expectNothing();
    }

    @Test
    void returnNeedsQuietAndDistance() {
        shrinkFromSfu();
        pass(50_000);
        join("c");
        pass(1_000);
        leave("c");
        pass(29_999);
        expectNothing();
        pass(1);
        assertEquals(
                new Topology(TopologyMode.P2P, 3, TopologyReason.QUIET, false),
                ((Changed) steps().getFirst()).topology());
    }

    @Test
    void threeAreTooManyToReturnThoughNotToStay() {
        joinAll("a", "b", "c", "d");
        ready("a", "b", "c", "d");
        leave("d");
        steps();
        pass(600_000);
        expectNothing();
    }

    @Test
    void returnsAtMostFourTimesAnHour() {
        int returns = 0;
        joinAll("a", "b");
        long startNanos = nowNanos;
        while (nowNanos - startNanos < MILLISECONDS.toNanos(3_500_000)) {
            joinAll("c", "d");
            ready("a", "b", "c", "d");
            leave("c");
            leave("d");
            steps();
            pass(61_000);
            returns += (int) steps().stream().filter(Changed.class::isInstance).count();
            ready("a", "b");
        }
        assertEquals(4, returns);
    }

    @Test
    void triggerCallsTheReturnOffAtOnce() {
        shrinkFromSfu();
        pass(60_000);
        steps();
        fail("a", "b");
        Topology topology = new Topology(TopologyMode.SFU, 4, TopologyReason.LINK_FAILED, true);
        List<TopologyStep> taken = steps();
        assertEquals(2, taken.size());
        assertEquals(new Committed(topology), taken.getLast());
    }

    @Test
    void meshThatNobodyReachesIsGivenUp() {
        shrinkFromSfu();
        pass(60_000);
        steps();
        pass(10_000);
        assertEquals(
                new Committed(new Topology(TopologyMode.SFU, 4, TopologyReason.MESH_UNAVAILABLE, true)),
                steps().getLast());
        pass(3_600_000);
        expectNothing();
    }

    @Test
    void meshThatSomebodyReachesIsCommittedWhenTheTimeIsUp() {
        shrinkFromSfu();
        pass(60_000);
        ready("a");
        steps();
        pass(10_000);
        assertEquals(List.of(new Committed(new Topology(TopologyMode.P2P, 3, TopologyReason.QUIET, true))), steps());
    }

    @Test
    void oldLossDoesNotHauntTheNextMesh() {
        joinAll("a", "b");
        link("a", "b", 0.5, null);
        pass(5_000);
        ready("a", "b");
        steps();
        pass(60_000);
        assertEquals(TopologyReason.QUIET, policy.topology().reason());
        ready("a", "b");
        steps();
        pass(60_000);
        expectNothing();
    }

    @Test
    void restartedSfuIsBuiltAnewAndNeverAborted() {
        shrinkFromSfu();
        steps.addAll(policy.sfuRestarted(nowNanos));
        assertEquals(
                List.of(new Changed(new Topology(TopologyMode.SFU, 3, TopologyReason.SFU_RESTARTED, false))), steps());
        pass(9_999);
        expectNothing();
        pass(1);
        assertEquals(1, steps().size());
    }

    @Test
    void restartWhilePendingBeginsAgain() {
        joinAll("a", "b", "c", "d");
        ready("a", "b", "c");
        pass(4_000);
        steps();
        steps.addAll(policy.sfuRestarted(nowNanos));
        assertEquals(3, policy.topology().epoch());
        ready("a", "b", "c");
        pass(0);
        assertEquals(1, steps().size());
        ready("d");
        assertEquals(1, steps().size());
    }

    private void joinPlain(String id, Dialect dialect) {
        steps.addAll(
                policy.join(id, dialect, new MeshSupport.Plain(MeshSupport.Offers.EVERYBODY, false), false, nowNanos));
        pass(0);
    }

    @Test
    void plainClientsOfOneDialectAreAMesh() {
        joinPlain("a", Dialect.SIGNALING);
        joinPlain("b", Dialect.SIGNALING);
        joinPlain("c", Dialect.SIGNALING);
        expectNothing();
        joinPlain("d", Dialect.SIGNALING);
        List<TopologyStep> taken = steps();
        assertEquals(TopologyMode.SFU, ((Changed) taken.get(0)).topology().mode());
        assertEquals(
                TopologyReason.PARTICIPANTS,
                ((Committed) taken.get(1)).topology().reason());
    }

    @Test
    void plainClientsOfTwoDialectsAreNoMesh() {
        joinPlain("a", Dialect.SIGNALING);
        joinPlain("b", Dialect.GUIDE);
        assertEquals(
                TopologyReason.MIXED_DIALECTS,
                ((Changed) steps().getFirst()).topology().reason());
    }

    @Test
    void changeWaitsOnlyForThoseWhoSayThatTheyAreReady() {
        join("a");
        joinPlain("p", Dialect.SIGNALING);
        expectUp(TopologyReason.MIXED_DIALECTS);
        ready("a");
        assertEquals(Committed.class, steps().getFirst().getClass());
    }

    @Test
    void meshOfPlainClientsComesBackAndIsGivenUpWhenItFails() {
        for (String id : List.of("a", "b", "c", "d")) {
            joinPlain(id, Dialect.SIGNALING);
        }
        leave("c");
        leave("d");
        steps();
        pass(60_000);
        assertEquals(TopologyMode.P2P, ((Committed) steps().get(1)).topology().mode());
        policy.meshFailed();
        pass(0);
        assertEquals(
                TopologyReason.LINK_FAILED,
                ((Committed) steps().get(1)).topology().reason());
        pass(3_600_000);
        expectNothing();
    }
}
