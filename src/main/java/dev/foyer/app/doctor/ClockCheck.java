package dev.foyer.app.doctor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the clock can be trusted: tokens, TURN credentials and recordings go by it. */
final class ClockCheck {
    private static final String SUBJECT = "clock";

    /** Nobody had this program before. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private static final long STRAY_MILLIS = 20;

    private ClockCheck() {}

    static List<Finding> look(Facts facts) {
        Instant now = Instant.ofEpochMilli(facts.wallMillis());
        if (now.isBefore(EARLIEST)) {
            return List.of(Finding.failure(
                    SUBJECT,
                    "says %s: no token and no certificate is valid then".formatted(now),
                    "set it, by NTP at best: timedatectl set-ntp true"));
        }
        long stray = facts.clockStrayMillis();
        if (stray > STRAY_MILLIS) {
            return List.of(Finding.warning(
                    SUBJECT,
                    "moved by %d ms against the monotonic clock while it was watched".formatted(stray),
                    "look at what sets it: two programs may, or a hypervisor"));
        }
        Boolean synchronised = synchronised(facts);
        if (synchronised == null) {
            return List.of(Finding.note(
                    SUBJECT,
                    "runs evenly; whether it is synchronised is not told here",
                    "in a container look at the host: timedatectl, or chronyc tracking"));
        }
        return List.of(
                synchronised
                        ? Finding.ok(SUBJECT, "synchronised, and runs evenly")
                        : Finding.warning(
                                SUBJECT,
                                "is not synchronised: tokens may seem expired, TURN credentials too",
                                "timedatectl set-ntp true, or install chrony"));
    }

    private static @Nullable Boolean synchronised(Facts facts) {
        if (facts.file("/run/systemd/timesync/synchronized") != null) {
            return true;
        }
        String systemd = facts.output("timedatectl", "show", "--property=NTPSynchronized", "--value");
        if (systemd != null && !systemd.isBlank()) {
            return systemd.strip().equals("yes");
        }
        String chrony = facts.output("chronyc", "-n", "tracking");
        return chrony == null ? null : chrony.contains("Leap status     : Normal");
    }
}
