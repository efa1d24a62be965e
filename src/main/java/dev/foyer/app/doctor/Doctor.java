package dev.foyer.app.doctor;

import java.util.ArrayList;
import java.util.List;

/** Looks at everything that a server needs around it. */
public final class Doctor {
    private Doctor() {}

    /** All findings, in the order in which a person would ask. */
    public static List<Finding> examine(Surroundings wanted, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(PortCheck.look(wanted, facts));
        findings.addAll(AddressCheck.look(wanted, facts));
        findings.addAll(TurnCheck.look(wanted, facts));
        findings.addAll(KernelCheck.look(wanted, facts));
        findings.addAll(ClockCheck.look(facts));
        findings.add(recording(facts));
        return List.copyOf(findings);
    }

    private static Finding recording(Facts facts) {
        String version = facts.output("ffmpeg", "-version");
        return version == null
                ? Finding.note(
                        "FFmpeg",
                        "not found: recordings stay one file a track",
                        "install ffmpeg (on Debian: apt-get install ffmpeg) to have them composed into one picture")
                : Finding.ok("FFmpeg", version.lines().findFirst().orElse("").replaceFirst(" Copyright.*", ""));
    }
}
