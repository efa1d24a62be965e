package dev.foyer.limit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a server and what was refused under them. One object serves all of it; safe for use from any thread. Its
 * memory does not depend on how many addresses, users or rooms it hears of, but for what they have open.
 */
public final class Limits {
    /** How long who has too much open is told to wait: something of it has to be closed first. */
    public static final long OPEN_RETRY_MILLIS = 5_000;

    /** A megabyte a table. */
    private static final int PLACES = 1 << 16;

    private final LongSupplier nanoTime;
    private final Map<LimitKind, List<Table>> rates = new EnumMap<>(LimitKind.class);
    private final Map<OpenKind, OpenCounts> open = new EnumMap<>(OpenKind.class);

    /**
     * Nobody has used anything yet.
     *
     * @param nanoTime the time in nanoseconds, as {@link System#nanoTime}
     * @param random for secrets that keep addresses from being chosen so that they collide
     */
    public Limits(LimitSettings settings, LongSupplier nanoTime, RandomGenerator random) {
        this.nanoTime = nanoTime;
        long nowNanos = nanoTime.getAsLong();
        for (LimitKind kind : LimitKind.values()) {
            List<Table> tables = new ArrayList<>();
            for (LimitScope scope : LimitScope.values()) {
                Rate rate = settings.rate(kind, scope);
                if (!rate.isUnlimited()) {
                    tables.add(new Table(scope, new RateTable(rate, PLACES, random, nowNanos), new LongAdder()));
                }
            }
            rates.put(kind, List.copyOf(tables));
        }
        for (OpenKind kind : OpenKind.values()) {
            open.put(kind, new OpenCounts(settings.open(kind)));
        }
    }

    /** Lets everything through. */
    public static Limits none() {
        return new Limits(LimitSettings.NONE, () -> 0, () -> 0);
    }

    /**
     * Counts one under each scope that the subject has a key for, unless one of them is used up; then it counts under
     * none, so that what one user is refused is no charge to the others behind its address.
     *
     * @return 0 when it may be, else milliseconds until it is worth another try, at least 1
     */
    public long take(LimitKind kind, Subject subject) {
        List<Table> tables = rates.getOrDefault(kind, List.of());
        long nowNanos = nanoTime.getAsLong();
        for (int i = 0; i < tables.size(); i++) {
            Table table = tables.get(i);
            byte @Nullable [] key = subject.key(table.scope);
            long wait = key == null ? 0 : table.rates.take(key, nowNanos);
            if (wait > 0) {
                table.refused.increment();
                giveBack(tables.subList(0, i), subject);
                return Math.ceilDiv(wait, 1_000_000L);
            }
        }
        return 0;
    }

    /** Counts something that is opened, unless the subject has too much of it; a subject without a key may always. */
    public boolean enter(OpenKind kind, Subject subject) {
        byte @Nullable [] key = subject.key(kind.scope());
        return key == null || counts(kind).enter(key);
    }

    /** Whether the subject has as much open as it may; counted as a refusal if so. */
    public boolean isFull(OpenKind kind, Subject subject) {
        byte @Nullable [] key = subject.key(kind.scope());
        return key != null && counts(kind).isFull(key);
    }

    /** Takes back what {@link #enter} counted. */
    public void leave(OpenKind kind, Subject subject) {
        byte @Nullable [] key = subject.key(kind.scope());
        if (key != null) {
            counts(kind).leave(key);
        }
    }

    /** How often a scope's rate was exceeded. */
    public long refused(LimitKind kind, LimitScope scope) {
        for (Table table : rates.getOrDefault(kind, List.of())) {
            if (table.scope == scope) {
                return table.refused.sum();
            }
        }
        return 0;
    }

    /** How often somebody had too much open. */
    public long refused(OpenKind kind) {
        return counts(kind).refused();
    }

    private OpenCounts counts(OpenKind kind) {
        OpenCounts counts = open.get(kind);
        if (counts == null) {
            throw new IllegalStateException("no counts of " + kind);
        }
        return counts;
    }

    private static void giveBack(List<Table> tables, Subject subject) {
        for (Table table : tables) {
            byte @Nullable [] key = subject.key(table.scope);
            if (key != null) {
                table.rates.giveBack(key);
            }
        }
    }

    private record Table(LimitScope scope, RateTable rates, LongAdder refused) {}
}
