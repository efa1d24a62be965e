package dev.foyer.room;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** Users of whom something is remembered, the latest of them if there are too many. */
final class RecentUsers {
    private final int most;
    private final SequencedSet<String> users = new LinkedHashSet<>();

    RecentUsers(int most) {
        this.most = most;
    }

    void add(String userId) {
        users.addLast(userId);
        if (users.size() > most) {
            users.removeFirst();
        }
    }

    void remove(String userId) {
        users.remove(userId);
    }

    boolean contains(String userId) {
        return users.contains(userId);
    }
}
