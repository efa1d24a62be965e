package dev.foyer.app;

import dev.foyer.socketio.LimitOptions;

/** Reads what one Socket.IO client may use. */
final class LimitVariables {
    private static final int MOST_EVENTS = 1_000_000;
    private static final int MOST_CONNECTIONS = 1_000_000;

    private LimitVariables() {}

    static LimitOptions read(Variables variables) {
        LimitOptions defaults = LimitOptions.defaults();
        return defaults.withEventRate(
                        variables.integer("EVENTS_PER_SECOND", defaults.eventsPerSecond(), 1, MOST_EVENTS),
                        variables.integer("EVENT_BURST", defaults.eventBurst(), 1, MOST_EVENTS),
                        defaults.floodTimeout())
                .withMaxConnectionsPerAddress(variables.integer(
                        "CONNECTIONS_PER_ADDRESS", defaults.maxConnectionsPerAddress(), 0, MOST_CONNECTIONS));
    }
}
