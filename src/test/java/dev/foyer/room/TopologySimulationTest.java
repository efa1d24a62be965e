package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random hours in the life of a room, and what must hold at every moment of them. */
class TopologySimulationTest {
    private static final TopologySettings SETTINGS = TopologySettings.defaults();

    private final Map<String, Boolean> members = new LinkedHashMap<>();
    private final Set<String> ready = new HashSet<>();
    private final TopologyPolicy policy = new TopologyPolicy(SETTINGS, false);
    private long nowNanos;
    private long highestEpoch = 1;
    private Topology committed = new Topology(TopologyMode.P2P, 1, TopologyReason.CREATED, true);
    private Topology pending;
    private long pendingSinceNanos;
    private long abortedAtNanos = Long.MIN_VALUE / 2;
    private boolean recording;
    private int changes;
    private int returns;
    private int commitsByTime;
    private int aborts;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsItsInvariants(long seed) {
        Random random = new Random(seed);
        int changes = 0;
        int returns = 0;
        int commitsByTime = 0;
        int aborts = 0;
        for (int room = 0; room < 150; room++) {
            TopologySimulationTest life = new TopologySimulationTest();
            life.live(random);
            changes += life.changes;
            returns += life.returns;
            commitsByTime += life.commitsByTime;
            aborts += life.aborts;
        }
        assertTrue(changes > 200, "too few changes: " + changes);
        assertTrue(returns > 20, "too few returns: " + returns);
        assertTrue(commitsByTime > 20, "too few commits by time: " + commitsByTime);
        assertTrue(aborts > 20, "too few aborts: " + aborts);
    }

    private void live(Random random) {
        nowNanos = random.nextLong();
        abortedAtNanos = nowNanos - TimeUnit.DAYS.toNanos(1);
        for (int i = 0; i < 500; i++) {
            act(random);
            check();
            pass(random);
        }
    }

    private void act(Random random) {
        List<String> present = new ArrayList<>(members.keySet());
        String someone = present.isEmpty() ? "x" : present.get(random.nextInt(present.size()));
        String another = present.isEmpty() ? "x" : present.get(random.nextInt(present.size()));
        List<TopologyStep> steps = List.of();
        switch (random.nextInt(14)) {
            case 0, 1 -> {
                String id = "p" + random.nextInt(8);
                if (members.size() < 6 && !members.containsKey(id)) {
                    boolean mesh = random.nextInt(12) > 0;
                    MeshSupport support = mesh ? new MeshSupport.Seamless() : new MeshSupport.None();
                    if (!policy.refuses(id, Dialect.CALL, support, false, nowNanos)) {
                        members.put(id, mesh);
                        steps = policy.join(id, Dialect.CALL, support, false, nowNanos);
                    }
                }
            }
            case 2, 3, 4 -> {
                members.remove(someone);
                ready.remove(someone);
                policy.leave(someone);
            }
            case 5, 6, 7, 8 -> {
                policy.ready(someone, policy.topology().epoch());
                if (pending != null && members.containsKey(someone)) {
                    ready.add(someone);
                }
            }
            case 9 -> {
                policy.withdrawReady(someone);
                ready.retainAll(Set.of(someone));
            }
            case 10 -> policy.sfuConnected(someone, random.nextBoolean());
            case 11 ->
                policy.link(
                        someone,
                        new LinkReport(another, random.nextInt(4000) == 0, random.nextInt(4) == 0 ? 0.5 : 0.0, null),
                        nowNanos);
            case 12 -> {
                if (random.nextInt(10) == 0) {
                    recording = !recording;
                    policy.recording(recording);
                }
            }
            default -> {
                if (random.nextInt(40) == 0) {
                    steps = policy.sfuRestarted(nowNanos);
                }
            }
        }
        take(steps);
        take(policy.advance(nowNanos));
    }

    private void pass(Random random) {
        long leftNanos =
                TimeUnit.MILLISECONDS.toNanos(random.nextInt(20) == 0 ? random.nextInt(200_000) : random.nextInt(1500));
        while (leftNanos > 0) {
            long delay = policy.delayNanos(nowNanos);
            assertNotEquals(0, delay, "asks to be called again at once");
            long span = Math.min(delay, leftNanos);
            nowNanos += span;
            leftNanos -= span;
            take(policy.advance(nowNanos));
            check();
        }
    }

    private void take(List<TopologyStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            switch (steps.get(i)) {
                case TopologyStep.Changed(Topology topology) -> {
                    grow(topology);
                    changes++;
                    returns += topology.mode() == TopologyMode.P2P ? 1 : 0;
                    pending = topology;
                    pendingSinceNanos = nowNanos;
                    ready.clear();
                }
                case TopologyStep.Committed(Topology topology) -> {
                    assertEquals(pending.epoch(), topology.epoch(), "commits what is pending");
                    boolean atOnce = i > 0 && pendingSinceNanos == nowNanos;
                    boolean timeIsUp = nowNanos - pendingSinceNanos
                            >= SETTINGS.commitTimeout().toNanos();
                    assertTrue(allReady() || timeIsUp || atOnce, "commits only when ready or when the time is up");
                    if (!allReady() && timeIsUp) {
                        commitsByTime++;
                    }
                    committed = topology;
                    pending = null;
                }
                case TopologyStep.Aborted(Topology topology, Set<String> removed) -> {
                    grow(topology);
                    assertEquals(TopologyMode.P2P, committed.mode(), "there is a mesh to go on with");
                    removed.forEach(members::remove);
                    committed = topology;
                    pending = null;
                    abortedAtNanos = nowNanos;
                    aborts++;
                }
            }
        }
    }

    private void grow(Topology topology) {
        assertEquals(highestEpoch + 1, topology.epoch());
        highestEpoch = topology.epoch();
    }

    private boolean allReady() {
        return members.entrySet().stream().allMatch(member -> !member.getValue() || ready.contains(member.getKey()));
    }

    private void check() {
        assertEquals(committed, policy.committed());
        if (pending != null) {
            assertEquals(pending, policy.topology());
            assertTrue(nowNanos - pendingSinceNanos < SETTINGS.commitTimeout().toNanos(), "nobody waits forever");
            assertNotEquals(TopologyPolicy.NEVER, policy.delayNanos(nowNanos), "nobody waits forever");
            assertFalse(allReady(), "waits for somebody");
        } else {
            assertEquals(committed, policy.topology());
            boolean backingOff =
                    nowNanos - abortedAtNanos < SETTINGS.retryAfter().toNanos();
            if (committed.mode() == TopologyMode.P2P && !backingOff) {
                assertTrue(members.size() <= SETTINGS.meshMax(), "a mesh is small");
                assertFalse(members.containsValue(false), "everybody in a mesh can do it");
                assertFalse(recording, "a mesh is not recorded");
            }
        }
        if (committed.mode() == TopologyMode.SFU && pending == null) {
            assertFalse(policy.usesMesh());
        }
    }
}
