package dev.foyer.socketio;

/** Settings of a {@link SocketIoServer}. */
public record SocketIoOptions(
        HeartbeatOptions heartbeat, LimitOptions limits, RecoveryOptions recovery, AccessOptions access) {
    /** The defaults of all parts. */
    public static SocketIoOptions defaults() {
        return new SocketIoOptions(
                HeartbeatOptions.defaults(),
                LimitOptions.defaults(),
                RecoveryOptions.defaults(),
                AccessOptions.defaults());
    }

    /** A copy with other times. */
    public SocketIoOptions withHeartbeat(HeartbeatOptions other) {
        return new SocketIoOptions(other, limits, recovery, access);
    }

    /** A copy with other limits. */
    public SocketIoOptions withLimits(LimitOptions other) {
        return new SocketIoOptions(heartbeat, other, recovery, access);
    }

    /** A copy with another recovery. */
    public SocketIoOptions withRecovery(RecoveryOptions other) {
        return new SocketIoOptions(heartbeat, limits, other, access);
    }

    /** A copy with another access policy. */
    public SocketIoOptions withAccess(AccessOptions other) {
        return new SocketIoOptions(heartbeat, limits, recovery, other);
    }
}
