package dev.foyer.room;

/**
 * How much rooms may hold.
 *
 * @param rooms on this node at a time
 * @param participant what one participant of a room may hold
 * @param publish how much may be published
 */
public record RoomLimits(int rooms, ParticipantLimits participant, PublishLimits publish) {
    /** The documented defaults. */
    public static RoomLimits defaults() {
        return new RoomLimits(10_000, ParticipantLimits.defaults(), PublishLimits.defaults());
    }
}
