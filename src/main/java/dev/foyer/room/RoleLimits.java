package dev.foyer.room;

/**
 * How many of each role a room takes, each at least 1, within its seats.
 *
 * @param hosts most hosts
 * @param participants most participants that are neither hosts nor viewers
 * @param viewers most viewers
 */
public record RoleLimits(int hosts, int participants, int viewers) {
    private static final RoleLimits NONE = new RoleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public RoleLimits {
        if (hosts < 1 || participants < 1 || viewers < 1) {
            throw new IllegalArgumentException("a limit of a role is below 1");
        }
    }

    /** No limits but that of all seats. */
    public static RoleLimits none() {
        return NONE;
    }

    int of(ParticipantRole role) {
        return switch (role) {
            case HOST -> hosts;
            case PARTICIPANT -> participants;
            case VIEWER -> viewers;
        };
    }
}
