package dev.foyer.room;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is present in a room, as far as that decides between mesh and SFU. */
final class TopologyMembers {
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** Adds somebody, or replaces what was known of it, which is returned. */
    @Nullable
    Member put(String id, Dialect dialect, MeshSupport mesh, boolean restricted) {
        return members.put(id, new Member(dialect, mesh, restricted));
    }

    /** Takes a {@link #put} back that returned {@code known}. */
    void restore(String id, @Nullable Member known) {
        if (known == null) {
            members.remove(id);
        } else {
            members.put(id, known);
        }
    }

    void remove(String id) {
        members.remove(id);
    }

    boolean contains(String id) {
        return members.containsKey(id);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    int size() {
        return members.size();
    }

    void restrict(String id, boolean restricted) {
        Member member = members.get(id);
        if (member != null) {
            member.restricted = restricted;
        }
    }

    void asksForSfu(String id, boolean asks) {
        Member member = members.get(id);
        if (member != null) {
            member.asksForSfu = asks;
        }
    }

    boolean anyAsksForSfu() {
        return members.values().stream().anyMatch(member -> member.asksForSfu);
    }

    void sfuConnected(String id, boolean connected) {
        Member member = members.get(id);
        if (member != null) {
            member.sfuConnected = connected;
        }
    }

    boolean anySfuConnected() {
        return members.values().stream().anyMatch(member -> member.sfuConnected);
    }

    void sfuLost() {
        members.values().forEach(member -> member.sfuConnected = false);
    }

    /** Whether nobody has to be waited for: not who cannot say that it is ready, nor who may want to hold the others up. */
    boolean areReady(Set<String> ready) {
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            Member member = entry.getValue();
            if (member.mesh instanceof MeshSupport.Seamless && !member.restricted && !ready.contains(entry.getKey())) {
                return false;
            }
        }
        return true;
    }

    /** Why those who are present cannot be a mesh, null when they can. */
    @Nullable
    TopologyReason reason(int meshMax) {
        Set<Dialect> dialects = new HashSet<>();
        boolean allCapable = true;
        boolean anyRestricted = false;
        for (Member member : members.values()) {
            dialects.add(member.dialect);
            allCapable &= !(member.mesh instanceof MeshSupport.None);
            anyRestricted |= member.restricted;
        }
        if (dialects.contains(Dialect.WHIP) || dialects.contains(Dialect.API)) {
            return TopologyReason.SERVER_SIDE_CLIENT;
        }
        if (dialects.size() > 1) {
            return TopologyReason.MIXED_DIALECTS;
        }
        if (!allCapable) {
            return TopologyReason.NOT_MESH_CAPABLE;
        }
        if (members.size() > meshMax) {
            return TopologyReason.PARTICIPANTS;
        }
        return anyRestricted ? TopologyReason.RESTRICTED : null;
    }

    /** One who is present. */
    static final class Member {
        private final Dialect dialect;
        private final MeshSupport mesh;
        private boolean restricted;
        private boolean asksForSfu;
        private boolean sfuConnected;

        private Member(Dialect dialect, MeshSupport mesh, boolean restricted) {
            this.dialect = dialect;
            this.mesh = mesh;
            this.restricted = restricted;
        }
    }
}
