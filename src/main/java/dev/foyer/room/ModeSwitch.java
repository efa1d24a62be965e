package dev.foyer.room;

import dev.foyer.room.TopologyStep.Aborted;
import dev.foyer.room.TopologyStep.Changed;
import dev.foyer.room.TopologyStep.Committed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Carries out what the policy decides: tells the participants, and brings a lost media session back. */
final class ModeSwitch {
    private static final long NEVER = TopologyPolicy.NEVER;
    private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Seats seats;
    private final TopologyPolicy policy;
    private final RoomMedia media;
    private final SfuSession session;
    private final RoomSurroundings surroundings;
    private final RoomLoop loop;

    private boolean producersKnown;
    private boolean restarting;
    private boolean reopening;
    private long reopenAtNanos;
    private long announcedEpoch = -1;
    private long announcedNanos;

    ModeSwitch(
            Seats seats,
            TopologyPolicy policy,
            RoomMedia media,
            SfuSession session,
            RoomSurroundings surroundings,
            RoomLoop loop) {
        this.seats = seats;
        this.policy = policy;
        this.media = media;
        this.session = session;
        this.surroundings = surroundings;
        this.loop = loop;
    }

    /**
     * Carries steps out.
     *
     * @param newcomer learns of them by the reply to its join instead; null when there is none
     * @return who has to leave
     */
    List<Participant> apply(List<TopologyStep> steps, @Nullable Participant newcomer) {
        List<Participant> removed = new ArrayList<>();
        List<Participant> unaware = newcomer == null ? List.of() : List.of(newcomer);
        for (TopologyStep step : steps) {
            switch (step) {
                case Changed(Topology topology) -> announce(topology, unaware);
                case Committed(Topology topology) -> commit(topology, unaware);
                case Aborted(Topology topology, var ids) -> {
                    surroundings.counters().changed(topology);
                    for (String id : ids) {
                        Participant participant = seats.find(id);
                        if (participant != null) {
                            seats.tell(participant, new RoomEvent.Removed(RoomErrorCode.SFU_UNAVAILABLE));
                            removed.add(participant);
                        }
                    }
                    seats.all().stream()
                            .filter(participant -> !removed.contains(participant))
                            .forEach(to -> tellChanged(to, topology));
                    commit(topology, removed);
                }
            }
        }
        return removed;
    }

    /** The media session is lost with all that was in it. */
    List<TopologyStep> sessionLost(boolean anythingLost) {
        if (policy.usesSfu()) {
            restarting = true;
            reopen();
            return List.of();
        }
        return anythingLost ? policy.sfuRestarted(loop.nowNanos()) : List.of();
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        if (restarting && !reopening && nowNanos - reopenAtNanos >= 0) {
            reopen();
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        return restarting && !reopening ? Math.max(0, reopenAtNanos - nowNanos) : NEVER;
    }

    private void reopen() {
        reopening = true;
        session.open().whenComplete((_, failure) -> {
            reopening = false;
            if (failure != null) {
                reopenAtNanos = loop.nowNanos() + REOPEN_NANOS;
            } else if (restarting) {
                restarting = false;
                // Towards the SFU there is nobody to remove: an abort needs time to pass first.
                apply(policy.sfuRestarted(loop.nowNanos()), null);
            }
        });
    }

    private void announce(Topology topology, List<Participant> unaware) {
        surroundings.counters().changed(topology);
        announcedEpoch = topology.epoch();
        announcedNanos = loop.nowNanos();
        boolean tellProducers = topology.mode() == TopologyMode.SFU && !producersKnown;
        for (Participant to : seats.all()) {
            if (unaware.contains(to)) {
                continue;
            }
            tellChanged(to, topology);
            if (tellProducers) {
                media.producersFor(to).forEach(producer -> seats.tell(to, new RoomEvent.NewProducer(producer)));
            }
        }
        if (topology.mode() == TopologyMode.SFU) {
            producersKnown = true;
            media.prepare();
        }
    }

    private void commit(Topology topology, List<Participant> unaware) {
        if (topology.epoch() == announcedEpoch) {
            surroundings.counters().switchTimes().committed(topology, loop.nowNanos() - announcedNanos);
        }
        if (topology.mode() == TopologyMode.P2P) {
            producersKnown = false;
        }
        for (Participant to : seats.all()) {
            if (!unaware.contains(to)) {
                seats.tell(to, new RoomEvent.ModeCommitted(topology.epoch()));
            }
        }
    }

    private void tellChanged(Participant to, Topology topology) {
        seats.tell(
                to,
                new RoomEvent.ModeChanged(
                        topology,
                        topology.mode() == TopologyMode.SFU
                                ? surroundings.mediaPlane().rtpCapabilities()
                                : null,
                        surroundings.iceServers().forUser(to.userId)));
    }
}
