package dev.foyer.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is heard in a room, who speaks, and who did before. Belongs to the room's loop. */
final class Speakers {
    private final Seats seats;
    private final TopologyPolicy policy;
    private final Holdings holdings;
    private final Runnable changed;
    private final ActiveSpeakers active = new ActiveSpeakers();

    /** When each last began to speak, as a count of such moments. */
    private final Map<Participant, Long> spoke = new LinkedHashMap<>();

    private long moments;

    /** @param changed told when somebody else speaks */
    Speakers(Seats seats, TopologyPolicy policy, Holdings holdings, Runnable changed) {
        this.seats = seats;
        this.policy = policy;
        this.holdings = holdings;
        this.changed = changed;
    }

    /** Takes what the media session heard, and tells everybody. */
    void hear(Map<String, Integer> levelsByProducer, long nowNanos) {
        List<PeerLevel> levels = new ArrayList<>();
        for (Map.Entry<String, Integer> level : levelsByProducer.entrySet()) {
            Holdings.Producer producer = holdings.findProducer(level.getKey());
            if (producer != null && !producer.owner.away && !producer.isSilent()) {
                levels.add(new PeerLevel(producer.owner.id(), level.getValue()));
            }
        }
        if (!policy.usesSfu() || levels.isEmpty()) {
            return;
        }
        String speaker = active.update(levels, nowNanos);
        if (policy.committed().mode() == TopologyMode.SFU) {
            seats.tellAll(new RoomEvent.AudioLevels(levels));
            if (speaker != null) {
                seats.tellAll(new RoomEvent.ActiveSpeaker(speaker));
            }
        }
        Participant participant = speaker == null ? null : seats.find(speaker);
        if (participant != null) {
            spoke.keySet().removeIf(gone -> !seats.holds(gone));
            spoke.put(participant, ++moments);
            changed.run();
        }
    }

    /** The later somebody began to speak the greater; 0 for who never did. */
    long lastSpoke(Participant participant) {
        @Nullable Long moment = spoke.get(participant);
        return moment == null ? 0 : moment;
    }
}
