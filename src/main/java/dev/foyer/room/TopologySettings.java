package dev.foyer.room;

import java.time.Duration;

/**
 * When a room is a mesh and when it is not.
 *
 * @param meshMax most participants of a mesh; 0 for none ever
 * @param meshReturn most participants of a room that goes back to a mesh
 * @param lossThreshold loss above which a link is lossy, as a fraction 0 to 1
 * @param lossFor how long a link is lossy before the room leaves the mesh
 * @param quietFor how long nothing has to speak against a mesh before the room goes back to one
 * @param changeInterval least time between any change and a return to the mesh
 * @param returnsPerHour most returns to the mesh within an hour
 * @param commitTimeout how long a change waits for participants that are not ready
 * @param abortAfter how long a change to the SFU waits for the first sign that anybody reaches it
 * @param retryAfter how long after that the SFU is not tried again
 */
public record TopologySettings(
        int meshMax,
        int meshReturn,
        double lossThreshold,
        Duration lossFor,
        Duration quietFor,
        Duration changeInterval,
        int returnsPerHour,
        Duration commitTimeout,
        Duration abortAfter,
        Duration retryAfter) {
    /** The documented defaults. */
    public static TopologySettings defaults() {
        return new TopologySettings(
                3,
                2,
                0.05,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                4,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    /** A copy with other sizes: both limits are cut to the given one. */
    public TopologySettings withMeshMax(int participants) {
        return new TopologySettings(
                participants,
                Math.min(meshReturn, participants),
                lossThreshold,
                lossFor,
                quietFor,
                changeInterval,
                returnsPerHour,
                commitTimeout,
                abortAfter,
                retryAfter);
    }

    /** A copy with another size at which a room returns. */
    public TopologySettings withMeshReturn(int participants) {
        return new TopologySettings(
                meshMax,
                participants,
                lossThreshold,
                lossFor,
                quietFor,
                changeInterval,
                returnsPerHour,
                commitTimeout,
                abortAfter,
                retryAfter);
    }

    /** A copy with other times of hysteresis. */
    public TopologySettings withHysteresis(Duration quiet, Duration sinceChange) {
        return new TopologySettings(
                meshMax,
                meshReturn,
                lossThreshold,
                lossFor,
                quiet,
                sinceChange,
                returnsPerHour,
                commitTimeout,
                abortAfter,
                retryAfter);
    }

    /** A copy with another limit on returns. */
    public TopologySettings withReturnsPerHour(int returns) {
        return new TopologySettings(
                meshMax,
                meshReturn,
                lossThreshold,
                lossFor,
                quietFor,
                changeInterval,
                returns,
                commitTimeout,
                abortAfter,
                retryAfter);
    }
}
