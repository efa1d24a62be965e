package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import dev.foyer.room.Holdings.Producer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that neither a participant nor all of them publish more than they may. Once a second the SFU is asked what
 * arrives; when that has been too much for a while, the largest video of the participant, or of the room's largest
 * participant, is forwarded no more for ten seconds, then again. Nobody needs to do anything for that, so it holds for every
 * client. Belongs to the room's loop.
 */
final class PublishWatch {
    /** How long a producer is stopped. */
    static final long PAUSE_MILLIS = 10_000;

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PublishLimits limits;
    private final Holdings holdings;
    private final SfuSession session;
    private final Enforcement enforcement;
    private final Seats seats;
    private final RoomCounters counters;
    private final RoomLoop loop;
    private final Deadline next = new Deadline();
    private final Map<Participant, Long> overSince = new HashMap<>();
    private @Nullable Long roomOverSince;

    PublishWatch(
            PublishLimits limits,
            Holdings holdings,
            SfuSession session,
            Enforcement enforcement,
            Seats seats,
            RoomCounters counters,
            RoomLoop loop) {
        this.limits = limits;
        this.holdings = holdings;
        this.session = session;
        this.enforcement = enforcement;
        this.seats = seats;
        this.counters = counters;
        this.loop = loop;
    }

    void tick(long nowNanos) {
        if (limits.unlimited() || holdings.producers(_ -> true).isEmpty()) {
            next.clear();
            overSince.clear();
            roomOverSince = null;
            return;
        }
        if (!next.isSet()) {
            next.in(INTERVAL_NANOS, nowNanos);
        } else if (next.take(nowNanos)) {
            next.in(INTERVAL_NANOS, nowNanos);
            release(nowNanos);
            session.ask(MediaSession::bitrates).whenComplete((bitrates, _) -> {
                // A session that is lost has taken the producers with it.
                if (bitrates != null) {
                    measured(bitrates, loop.nowNanos());
                }
            });
        }
    }

    long delayNanos(long nowNanos) {
        return next.delayNanos(nowNanos);
    }

    private void release(long nowNanos) {
        for (Producer producer : holdings.producers(Producer::isLimited)) {
            if (producer.limitedUntilNanos - nowNanos <= 0) {
                enforcement.change(producer.owner, () -> producer.limited = false);
            }
        }
    }

    private void measured(Map<String, Long> bitrates, long nowNanos) {
        Map<Participant, Long> totals = new HashMap<>();
        long all = 0;
        for (Producer producer : holdings.producers(producer -> !producer.isSilent())) {
            long bps = bitrates.getOrDefault(producer.id, 0L);
            totals.merge(producer.owner, bps, Long::sum);
            all += bps;
        }
        overSince.keySet().retainAll(totals.keySet());
        for (Map.Entry<Participant, Long> total : totals.entrySet()) {
            Participant participant = total.getKey();
            long bps = total.getValue();
            if (!isOver(bps, limits.participantBps())) {
                overSince.remove(participant);
            } else if (lasts(overSince.computeIfAbsent(participant, _ -> nowNanos), nowNanos)) {
                overSince.remove(participant);
                long stopped = stopLargest(participant, bitrates, bps, limits.participantBps(), nowNanos);
                total.setValue(bps - stopped);
                all -= stopped;
            }
        }
        if (!isOver(all, limits.roomBps())) {
            roomOverSince = null;
            return;
        }
        if (roomOverSince == null) {
            roomOverSince = nowNanos;
        }
        if (lasts(roomOverSince, nowNanos)) {
            roomOverSince = null;
            Participant largest = totals.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            stopLargest(largest, bitrates, all, limits.roomBps(), nowNanos);
        }
    }

    private static boolean isOver(long bps, long limitBps) {
        return limitBps > 0 && bps > limitBps;
    }

    private boolean lasts(long sinceNanos, long nowNanos) {
        return nowNanos - sinceNanos >= limits.tolerance().toNanos();
    }

    /** Stops a participant's largest video, or sound when there is none; returns how many bits a second that is. */
    private long stopLargest(Participant owner, Map<String, Long> bitrates, long bps, long limitBps, long nowNanos) {
        Producer largest = holdings.producers(producer -> producer.owner == owner && !producer.isSilent()).stream()
                .max(Comparator.comparing((Producer producer) -> producer.kind == MediaKind.VIDEO)
                        .thenComparing(producer -> bitrates.getOrDefault(producer.id, 0L)))
                .orElseThrow();
        counters.publishLimit();
        enforcement.change(owner, () -> {
            largest.limited = true;
            largest.limitedUntilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
        });
        seats.tell(owner, new RoomEvent.PublishLimited(largest.id, bps, limitBps, PAUSE_MILLIS));
        return bitrates.getOrDefault(largest.id, 0L);
    }
}
