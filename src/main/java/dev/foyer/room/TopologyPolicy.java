package dev.foyer.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a room is a mesh and when it runs through the SFU.
 *
 * <p>A state machine without clock, threads or output: it is told what happens and when, and answers with steps. At any
 * time one topology holds (the last committed) and at most one more is being built beside it (the pending). A change
 * goes through when all participants that can build one path beside the other say that they are ready, or when they have had their time. It is undone
 * in three cases: nobody reaches the SFU, and the mesh goes on; nobody reaches anybody in the mesh, and the SFU goes on;
 * or something speaks against the mesh while a return to it is being built. Whatever happens, the epoch grows by one.
 *
 * <p>Whoever drives it calls {@link #advance} after everything else it calls, and again after {@link #delayNanos}.
 */
final class TopologyPolicy {
    static final long NEVER = MeshLinks.NEVER;

    private final TopologySettings settings;
    private final boolean sfuOnly;
    private final TopologyMembers members = new TopologyMembers();
    private final MeshLinks links;
    private final ReturnTiming returns;

    private Topology committed = new Topology(TopologyMode.P2P, 1, TopologyReason.CREATED, true);
    private @Nullable Pending pending;
    private final Set<Long> meshEpochs = new HashSet<>(Set.of(1L));
    private boolean meshFailed;
    private boolean recording;
    private boolean sfuFailed;
    private long sfuFailedAtNanos;

    /** A policy for an empty room, which begins as a mesh of nobody. */
    TopologyPolicy(TopologySettings settings, boolean sfuOnly) {
        this.settings = settings;
        this.sfuOnly = sfuOnly;
        this.returns = new ReturnTiming(settings);
        this.links = new MeshLinks(settings.lossThreshold(), settings.lossFor());
    }

    /** The newest topology: the pending one, or else the committed. */
    Topology topology() {
        return pending == null ? committed : pending.topology;
    }

    /** The topology that holds. */
    Topology committed() {
        return committed;
    }

    /** Whether the SFU carries media now or is about to. */
    boolean usesSfu() {
        return committed.mode() == TopologyMode.SFU || topology().mode() == TopologyMode.SFU;
    }

    /** Whether a mesh carries media now or is about to. */
    boolean usesMesh() {
        return committed.mode() == TopologyMode.P2P || topology().mode() == TopologyMode.P2P;
    }

    /**
     * The epoch by which a mesh that stands or is being built is known now, found by any epoch that it ever had; empty for
     * an epoch that names none. A mesh that outlives an aborted change is renamed, and signals may cross that on their way.
     */
    OptionalLong meshEpoch(long epoch) {
        Topology newest = topology();
        if (newest.mode() == TopologyMode.P2P && newest.epoch() == epoch) {
            return OptionalLong.of(epoch);
        }
        return meshEpochs.contains(epoch) ? OptionalLong.of(committed.epoch()) : OptionalLong.empty();
    }

    /** Whether the room would have to become an SFU room for this newcomer though the SFU was just found dead. */
    boolean refuses(String id, Dialect dialect, MeshSupport mesh, boolean restricted, long nowNanos) {
        if (committed.mode() == TopologyMode.SFU || pending != null || retryDelayNanos(nowNanos) == 0) {
            return false;
        }
        TopologyMembers.Member known = members.put(id, dialect, mesh, restricted);
        boolean refused = trigger(nowNanos) != null;
        members.restore(id, known);
        return refused;
    }

    /**
     * Somebody is present. An empty room takes the way that its first participant needs at once: there is no old one.
     *
     * @param restricted as for {@link #restrict}
     */
    List<TopologyStep> join(String id, Dialect dialect, MeshSupport mesh, boolean restricted, long nowNanos) {
        boolean first = members.isEmpty();
        members.put(id, dialect, mesh, restricted);
        if (pending != null) {
            pending.joined.add(id);
        }
        if (first && pending == null && committed.mode() == TopologyMode.P2P) {
            TopologyReason reason = trigger(nowNanos);
            if (reason != null) {
                List<TopologyStep> steps = new ArrayList<>();
                change(TopologyMode.SFU, reason, nowNanos, steps);
                commit(nowNanos, steps);
                return steps;
            }
        }
        return advance(nowNanos, id);
    }

    /** Whether somebody is not to send or receive everything. No commit waits for the one who is not. */
    void restrict(String id, boolean restricted) {
        members.restrict(id, restricted);
    }

    /** Somebody is present no longer. */
    void leave(String id) {
        members.remove(id);
        links.forget(id);
        if (pending != null) {
            pending.ready.remove(id);
            pending.joined.remove(id);
        }
    }

    /** Whether any transport of a participant to the SFU is connected. */
    void sfuConnected(String id, boolean connected) {
        members.sfuConnected(id, connected);
    }

    /** A participant is ready for an epoch; without effect unless that is the pending one. */
    void ready(String id, long epoch) {
        if (pending != null && pending.topology.epoch() == epoch && members.contains(id)) {
            pending.ready.add(id);
            pending.reached = true;
        }
    }

    /** There is something new to decode: all but its owner have to say again that they are ready. */
    void withdrawReady(String exceptId) {
        if (pending != null) {
            pending.ready.retainAll(Set.of(exceptId));
        }
    }

    /** A participant observes its link to another. Without effect while there is no mesh. */
    void link(String from, LinkReport report, long nowNanos) {
        if (!usesMesh() || !members.contains(from) || !members.contains(report.peerId())) {
            return;
        }
        if (report.failed()) {
            meshFailed = true;
        } else {
            links.report(from, report, nowNanos);
        }
    }

    /** A mesh does not come up between some of the participants: there is to be none in this room any more. */
    void meshFailed() {
        meshFailed = true;
    }

    boolean isMeshFailed() {
        return meshFailed;
    }

    /** A participant asks for the SFU, or no longer. */
    void request(String id, boolean sfu) {
        members.asksForSfu(id, sfu);
    }

    /** The room is being recorded, or no longer. */
    void recording(boolean on) {
        recording = on;
    }

    /** All transports to the SFU are gone and new ones can be made. */
    List<TopologyStep> sfuRestarted(long nowNanos) {
        members.sfuLost();
        List<TopologyStep> steps = new ArrayList<>();
        if (usesSfu()) {
            Set<String> joined = pending == null ? Set.of() : pending.joined;
            change(TopologyMode.SFU, TopologyReason.SFU_RESTARTED, nowNanos, steps)
                    .joined
                    .addAll(joined);
        } else {
            change(TopologyMode.P2P, TopologyReason.SFU_RESTARTED, nowNanos, steps);
            commit(nowNanos, steps);
        }
        return steps;
    }

    /** Draws the conclusions of everything told so far and of the time. */
    List<TopologyStep> advance(long nowNanos) {
        return advance(nowNanos, null);
    }

    /** How long until {@link #advance} may have something to say although nothing happens; {@link #NEVER} if never. */
    long delayNanos(long nowNanos) {
        long delay = usesMesh() ? links.delayNanos(nowNanos) : NEVER;
        if (delay == 0) {
            // Lossy for long enough already: what it asks for is under way or has to wait for a retry.
            delay = NEVER;
        }
        if (pending != null) {
            delay = Math.min(delay, remaining(settings.commitTimeout().toNanos(), pending.sinceNanos, nowNanos));
            if (mayAbort(pending)) {
                delay = Math.min(delay, remaining(settings.abortAfter().toNanos(), pending.sinceNanos, nowNanos));
            }
        } else if (committed.mode() == TopologyMode.P2P) {
            if (trigger(nowNanos) != null) {
                delay = Math.min(delay, retryDelayNanos(nowNanos));
            }
        } else {
            delay = Math.min(delay, returns.delayNanos(nowNanos));
        }
        return delay;
    }

    private List<TopologyStep> advance(long nowNanos, @Nullable String joining) {
        List<TopologyStep> steps = new ArrayList<>();
        TopologyReason reason = trigger(nowNanos);
        if (pending != null) {
            advancePending(pending, reason, nowNanos, steps);
        } else if (committed.mode() == TopologyMode.P2P) {
            if (reason != null && retryDelayNanos(nowNanos) == 0) {
                Pending change = change(TopologyMode.SFU, reason, nowNanos, steps);
                if (joining != null) {
                    change.joined.add(joining);
                }
                advancePending(change, reason, nowNanos, steps);
            }
        } else {
            watchQuiet(reason, nowNanos);
            if (returns.delayNanos(nowNanos) == 0) {
                returns.returned(nowNanos);
                links.clear();
                advancePending(change(TopologyMode.P2P, TopologyReason.QUIET, nowNanos, steps), null, nowNanos, steps);
            }
        }
        return steps;
    }

    private void advancePending(
            Pending change, @Nullable TopologyReason reason, long nowNanos, List<TopologyStep> steps) {
        boolean toMesh = change.topology.mode() == TopologyMode.P2P;
        if (toMesh && reason != null) {
            change(TopologyMode.SFU, reason, nowNanos, steps);
            commit(nowNanos, steps);
        } else if (members.areReady(change.ready)) {
            commit(nowNanos, steps);
        } else if (mayAbort(change) && remaining(settings.abortAfter().toNanos(), change.sinceNanos, nowNanos) == 0) {
            abort(change, nowNanos, steps);
        } else if (remaining(settings.commitTimeout().toNanos(), change.sinceNanos, nowNanos) == 0) {
            if (toMesh && !change.reached) {
                meshFailed = true;
                change(TopologyMode.SFU, TopologyReason.MESH_UNAVAILABLE, nowNanos, steps);
            }
            commit(nowNanos, steps);
        }
    }

    /** The reason why the room cannot be a mesh, null when it can. */
    private @Nullable TopologyReason trigger(long nowNanos) {
        if (sfuOnly) {
            return TopologyReason.POLICY;
        }
        TopologyReason reason = members.reason(settings.meshMax());
        if (reason != null) {
            return reason;
        }
        if (recording) {
            return TopologyReason.RECORDING;
        }
        if (members.anyAsksForSfu()) {
            return TopologyReason.REQUESTED;
        }
        if (meshFailed) {
            return TopologyReason.LINK_FAILED;
        }
        return usesMesh() ? links.trigger(nowNanos) : null;
    }

    private void watchQuiet(@Nullable TopologyReason reason, long nowNanos) {
        returns.watch(reason == null && members.size() <= settings.meshReturn(), nowNanos);
    }

    private long retryDelayNanos(long nowNanos) {
        return sfuFailed ? remaining(settings.retryAfter().toNanos(), sfuFailedAtNanos, nowNanos) : 0;
    }

    private boolean mayAbort(Pending change) {
        return change.topology.mode() == TopologyMode.SFU
                && committed.mode() == TopologyMode.P2P
                && !change.reached
                && !members.anySfuConnected();
    }

    private Pending change(TopologyMode mode, TopologyReason reason, long nowNanos, List<TopologyStep> steps) {
        Pending change = new Pending(new Topology(mode, topology().epoch() + 1, reason, false), nowNanos);
        pending = change;
        returns.changed(nowNanos);
        steps.add(new TopologyStep.Changed(change.topology));
        return change;
    }

    private void commit(long nowNanos, List<TopologyStep> steps) {
        committed = topology().asCommitted();
        pending = null;
        if (committed.mode() == TopologyMode.SFU) {
            meshEpochs.clear();
            sfuFailed = false;
            watchQuiet(trigger(nowNanos), nowNanos);
        } else {
            meshEpochs.add(committed.epoch());
        }
        steps.add(new TopologyStep.Committed(committed));
    }

    private void abort(Pending change, long nowNanos, List<TopologyStep> steps) {
        Set<String> removed = Set.copyOf(change.joined);
        committed = new Topology(TopologyMode.P2P, change.topology.epoch() + 1, TopologyReason.SFU_UNAVAILABLE, true);
        meshEpochs.add(committed.epoch());
        pending = null;
        returns.changed(nowNanos);
        sfuFailed = true;
        sfuFailedAtNanos = nowNanos;
        removed.forEach(this::leave);
        steps.add(new TopologyStep.Aborted(committed, removed));
    }

    private static long remaining(long spanNanos, long sinceNanos, long nowNanos) {
        return Math.max(0, spanNanos - (nowNanos - sinceNanos));
    }

    private static final class Pending {
        private final Topology topology;
        private final long sinceNanos;
        private final Set<String> ready = new HashSet<>();
        private final Set<String> joined = new HashSet<>();
        private boolean reached;

        private Pending(Topology topology, long sinceNanos) {
            this.topology = topology;
            this.sinceNanos = sinceNanos;
        }
    }
}
