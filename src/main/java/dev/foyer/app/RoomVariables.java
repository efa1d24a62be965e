package dev.foyer.app;

import dev.foyer.room.RoomSettings;
import dev.foyer.room.RoomType;
import dev.foyer.room.RoomTypeSettings;
import dev.foyer.room.TopologySettings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Reads what rooms are set to. */
final class RoomVariables {
    private static final int MOST_IN_A_MESH = 16;
    private static final int MOST_RETURNS = 1_000_000;

    private RoomVariables() {}

    static RoomSettings read(Variables variables) {
        RoomSettings defaults = RoomSettings.defaults();
        Map<RoomType, RoomTypeSettings> types = new EnumMap<>(RoomType.class);
        for (RoomType type : RoomType.values()) {
            RoomTypeSettings otherwise = defaults.type(type);
            String name = switch (type) {
                case CINEMA -> "TOPOLOGY_MESH_MAX_CINEMA";
                case MANSION -> "TOPOLOGY_MESH_MAX";
                case PRIVATE -> "TOPOLOGY_MESH_MAX_PRIVATE";
            };
            int meshMax = variables.integer(name, otherwise.topology().meshMax(), 0, MOST_IN_A_MESH);
            types.put(type, otherwise.withTopology(topology(variables, otherwise.topology(), meshMax)));
        }
        return new RoomSettings(
                types,
                variables.millis("SILENCE_MS", defaults.silence()),
                variables.millis("RECOVERY_WINDOW_MS", defaults.recoveryWindow()),
                defaults.unusedTimeout(),
                LimitVariables.rooms(variables));
    }

    private static TopologySettings topology(Variables variables, TopologySettings otherwise, int meshMax) {
        int meshReturn = variables.integer("TOPOLOGY_MESH_RETURN", otherwise.meshReturn(), 0, MOST_IN_A_MESH);
        return new TopologySettings(
                meshMax,
                Math.min(meshReturn, meshMax),
                variables.fraction("TOPOLOGY_LOSS", otherwise.lossThreshold()),
                variables.millis("TOPOLOGY_LOSS_MS", otherwise.lossFor()),
                variables.millis("TOPOLOGY_QUIET_MS", otherwise.quietFor()),
                variables.millis("TOPOLOGY_CHANGE_INTERVAL_MS", otherwise.changeInterval()),
                variables.integer("TOPOLOGY_RETURNS_PER_HOUR", otherwise.returnsPerHour(), 0, MOST_RETURNS),
                atLeastOne(variables, "TOPOLOGY_COMMIT_TIMEOUT_MS", otherwise.commitTimeout()),
                atLeastOne(variables, "TOPOLOGY_ABORT_MS", otherwise.abortAfter()),
                variables.millis("TOPOLOGY_RETRY_MS", otherwise.retryAfter()));
    }

    private static Duration atLeastOne(Variables variables, String name, Duration otherwise) {
        Duration value = variables.millis(name, otherwise);
        if (value.isZero()) {
            throw variables.wrong(name, "a whole number of milliseconds from 1");
        }
        return value;
    }
}
