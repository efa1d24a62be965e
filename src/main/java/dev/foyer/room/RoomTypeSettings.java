package dev.foyer.room;

/**
 * What rooms of one type have in common. Nothing else in the server asks for a room's type.
 *
 * @param maxParticipants the most seats that such a room may ask for
 * @param usualParticipants seats of a room that asks for no number of its own
 * @param listable whether such a room may be listed publicly
 * @param topology when such a room is a mesh
 * @param stage whether viewers only receive until a host invites them on stage
 * @param playback whether hosts show something to all by a shared clock
 * @param byInvitation whether an invitation is needed to join
 * @param houseRooms how many named rooms such a room may have around it; 0 for none
 */
public record RoomTypeSettings(
        int maxParticipants,
        int usualParticipants,
        boolean listable,
        TopologySettings topology,
        boolean stage,
        boolean playback,
        boolean byInvitation,
        int houseRooms) {
    private static final int PRIVATE_MESH = 4;
    private static final int MOST_HOUSE_ROOMS = 32;

    public RoomTypeSettings {
        if (usualParticipants < 1 || maxParticipants < usualParticipants) {
            throw new IllegalArgumentException("of " + maxParticipants + " participants, " + usualParticipants
                    + " are usual; must be at least 1 and no more than the maximum");
        }
        if (houseRooms < 0 || houseRooms > MOST_HOUSE_ROOMS) {
            throw new IllegalArgumentException("houseRooms is " + houseRooms + ", must be 0 to " + MOST_HOUSE_ROOMS);
        }
    }

    /** A type with nothing special about it. */
    public RoomTypeSettings(int maxParticipants, boolean listable, TopologySettings topology) {
        this(maxParticipants, maxParticipants, listable, topology, false, false, false, 0);
    }

    /** The defaults of a type. */
    public static RoomTypeSettings defaults(RoomType type) {
        TopologySettings topology = TopologySettings.defaults();
        return switch (type) {
            case CINEMA -> new RoomTypeSettings(1000, 1000, true, topology.withMeshMax(2), true, true, false, 0);
            case MANSION -> new RoomTypeSettings(500, 500, true, topology, false, false, false, MOST_HOUSE_ROOMS);
            case PRIVATE ->
                new RoomTypeSettings(
                        16,
                        4,
                        false,
                        topology.withMeshMax(PRIVATE_MESH).withMeshReturn(PRIVATE_MESH - 1),
                        false,
                        false,
                        true,
                        0);
        };
    }

    /** A copy with another topology. */
    public RoomTypeSettings withTopology(TopologySettings other) {
        return new RoomTypeSettings(
                maxParticipants, usualParticipants, listable, other, stage, playback, byInvitation, houseRooms);
    }
}
