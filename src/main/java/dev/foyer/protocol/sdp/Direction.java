package dev.foyer.protocol.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which way media flows, as seen by whoever wrote the description (RFC 8866 section 6.7). */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    /** The direction of two answers. */
    public static Direction of(boolean sends, boolean receives) {
        return sends ? receives ? SENDRECV : SENDONLY : receives ? RECVONLY : INACTIVE;
    }

    /** The direction that an attribute names, or null. */
    public static @Nullable Direction parse(String name) {
        return switch (name) {
            case "sendrecv" -> SENDRECV;
            case "sendonly" -> SENDONLY;
            case "recvonly" -> RECVONLY;
            case "inactive" -> INACTIVE;
            default -> null;
        };
    }

    /** Whether the writer sends. */
    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    /** Whether the writer receives. */
    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    /** The same flow as the other end sees it. */
    public Direction reversed() {
        return of(receives(), sends());
    }

    /** The attribute's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
