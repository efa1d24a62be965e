package dev.foyer.limit;

import java.util.EnumMap;
import java.util.Map;

/**
 * What anybody may ask for. Immutable.
 *
 * @param rates the limits by rate; a scope that is missing has none
 * @param open how much may be open at a time; 0, or missing, for no limit
 */
public record LimitSettings(Map<LimitKind, Map<LimitScope, Rate>> rates, Map<OpenKind, Integer> open) {
    /** No limits. */
    public static final LimitSettings NONE = new LimitSettings(Map.of(), Map.of());

    public LimitSettings {
        rates = Map.copyOf(rates);
        open = Map.copyOf(open);
    }

    /**
     * Enough for a hundred people behind one address who all open the page, join one room and do so again at once: each
     * makes some ten requests and four hundred messages.
     */
    public static LimitSettings defaults() {
        Map<LimitKind, Map<LimitScope, Rate>> rates = new EnumMap<>(LimitKind.class);
        rates.put(
                LimitKind.REQUESTS,
                Map.of(LimitScope.IDENTITY, new Rate(200, 2_000), LimitScope.ADDRESS, new Rate(500, 5_000)));
        rates.put(
                LimitKind.CONNECTIONS,
                Map.of(LimitScope.IDENTITY, new Rate(5, 200), LimitScope.ADDRESS, new Rate(20, 500)));
        rates.put(
                LimitKind.JOINS,
                Map.of(
                        LimitScope.IDENTITY,
                        new Rate(5, 200),
                        LimitScope.ADDRESS,
                        new Rate(20, 500),
                        LimitScope.ROOM,
                        new Rate(100, 2_000)));
        rates.put(
                LimitKind.MESSAGES,
                Map.of(
                        LimitScope.IDENTITY,
                        new Rate(500, 20_000),
                        LimitScope.ADDRESS,
                        new Rate(5_000, 100_000),
                        LimitScope.ROOM,
                        new Rate(10_000, 200_000)));
        rates.put(LimitKind.ROOMS, Map.of(LimitScope.IDENTITY, new Rate(5, 200), LimitScope.ADDRESS, new Rate(5, 200)));
        return new LimitSettings(
                rates, Map.of(OpenKind.HTTP_CONNECTIONS, 2_000, OpenKind.CONNECTIONS, 1_000, OpenKind.SOCKETS, 500));
    }

    /** The rate of a scope. */
    public Rate rate(LimitKind kind, LimitScope scope) {
        return rates.getOrDefault(kind, Map.of()).getOrDefault(scope, Rate.UNLIMITED);
    }

    /** How much may be open; 0 for no limit. */
    public int open(OpenKind kind) {
        return open.getOrDefault(kind, 0);
    }
}
