package dev.foyer.room;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may not come into a room for a time: user ids, and nothing else, since addresses are shared by people who have
 * nothing to do with each other. Of too many bans the one is dropped that would end first.
 */
final class Bans {
    static final int MOST = 1000;

    /** By user id, when each ends. */
    private final Map<String, Long> untilNanos = new HashMap<>();

    void add(String userId, Duration time, long nowNanos) {
        untilNanos.values().removeIf(until -> until - nowNanos <= 0);
        untilNanos.put(userId, nowNanos + time.toNanos());
        if (untilNanos.size() > MOST) {
            String first = userId;
            for (Map.Entry<String, Long> ban : untilNanos.entrySet()) {
                if (ban.getValue() - untilNanos.getOrDefault(first, 0L) < 0) {
                    first = ban.getKey();
                }
            }
            untilNanos.remove(first);
        }
    }

    boolean holds(String userId, long nowNanos) {
        Long until = untilNanos.get(userId);
        return until != null && until - nowNanos > 0;
    }

    int size() {
        return untilNanos.size();
    }
}
