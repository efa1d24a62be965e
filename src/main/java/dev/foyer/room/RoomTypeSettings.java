package dev.foyer.room;

/**
 * What rooms of one type have in common.
 *
 * @param maxParticipants seats of a room that asks for no number of its own; also the most that it may ask for
 * @param listable whether such a room may be listed publicly
 * @param topology when such a room is a mesh
 */
public record RoomTypeSettings(int maxParticipants, boolean listable, TopologySettings topology) {
    public RoomTypeSettings {
        if (maxParticipants < 1) {
            throw new IllegalArgumentException("maxParticipants is " + maxParticipants + ", must be at least 1");
        }
    }

    /** The defaults of a type. */
    public static RoomTypeSettings defaults(RoomType type) {
        TopologySettings topology = TopologySettings.defaults();
        return switch (type) {
            case CINEMA -> new RoomTypeSettings(1000, true, topology.withMeshMax(2));
            case MANSION -> new RoomTypeSettings(500, true, topology);
            case PRIVATE -> new RoomTypeSettings(4, false, topology);
        };
    }
}
