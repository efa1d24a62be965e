package dev.foyer.room;

import java.time.Duration;

/**
 * How much media may be published to the SFU. Retransmissions and RTCP do not count.
 *
 * @param participantBps bits a second of one participant; 0 for no limit
 * @param roomBps bits a second of all participants of a room; 0 for no limit
 * @param tolerance how long more is put up with: encoders overshoot
 */
public record PublishLimits(long participantBps, long roomBps, Duration tolerance) {
    /** 20 Mbit/s a participant, 500 Mbit/s a room, 3 s above. */
    public static PublishLimits defaults() {
        return new PublishLimits(20_000_000, 500_000_000, Duration.ofSeconds(3));
    }

    public PublishLimits {
        if (participantBps < 0 || roomBps < 0 || !tolerance.isPositive()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Whether there is no limit at all. */
    public boolean unlimited() {
        return participantBps == 0 && roomBps == 0;
    }
}
