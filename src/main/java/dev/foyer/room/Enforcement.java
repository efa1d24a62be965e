package dev.foyer.room;

import dev.foyer.room.Holdings.Producer;
import java.util.Set;

/** Makes what a participant may do true for the media that it has already. Belongs to the room's loop. */
final class Enforcement {
    private final TopologyPolicy policy;
    private final RoomMedia media;
    private final PlainLinks links;

    Enforcement(TopologyPolicy policy, RoomMedia media, PlainLinks links) {
        this.policy = policy;
        this.media = media;
        this.links = links;
    }

    /** Changes what a participant may do, and everything that follows from it. */
    void change(Participant participant, Runnable change) {
        Set<Producer> silentBefore = media.silent(participant);
        change.run();
        if (!participant.may(Permission.PUBLISH)) {
            media.withdraw(participant);
        }
        media.enforce(participant, silentBefore);
        links.permissionsChanged(participant);
        policy.restrict(participant.id(), participant.isRestricted());
    }
}
