package dev.foyer.app;

import dev.foyer.app.doctor.Doctor;
import dev.foyer.app.doctor.Facts;
import dev.foyer.app.doctor.Finding;
import dev.foyer.app.doctor.Machine;
import dev.foyer.app.doctor.Surroundings;
import dev.foyer.http.Loopback;
import dev.foyer.media.Announcement;
import dev.foyer.media.MediaSettings;
import dev.foyer.room.IceServer;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Locale;
import java.util.Map;

/** The server's side of {@code ./foyer doctor}: says what stands in the way of a server with these settings. */
final class DoctorCommand {
    private static final int EXIT_UNWELL = 1;
    /** Whom the credentials for the test are made for. */
    private static final String PATIENT = "doctor";

    private DoctorCommand() {}

    /**
     * Prints what was found, and what to do about it.
     *
     * @return the process's exit status: 0 when a server can serve, 1 when it cannot, 2 for wrong settings
     */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        return run(arguments, environment, new Machine(), out, err);
    }

    static int run(
            List<String> arguments, Map<String, String> environment, Facts facts, PrintStream out, PrintStream err) {
        Settings settings;
        try {
            settings = Settings.read(arguments, environment);
        } catch (SettingsException e) {
            err.println("foyer: " + e.getMessage());
            return Main.EXIT_WRONG_SETTINGS;
        }
        List<Finding> findings = Doctor.examine(surroundings(settings), facts);
        int subjects = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        for (Finding finding : findings) {
            String grade = finding.grade().name().toLowerCase(Locale.ROOT);
            out.println(("  %-7s  %-" + subjects + "s  %s").formatted(grade, finding.subject(), finding.text()));
            if (finding.advice() != null) {
                out.println(" ".repeat(subjects + 13) + "-> " + finding.advice());
            }
        }
        return findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.FAILURE) ? EXIT_UNWELL : 0;
    }

    /** What is told in place of the machine's own addresses. */
    private static List<String> announced(MediaSettings media) {
        return switch (media.announcement()) {
            case Announcement.Own _ -> List.of();
            case Announcement.Instead(List<String> addresses) -> addresses;
            case Announcement.Mapped(Map<String, String> publicByLocal) -> List.copyOf(publicByLocal.values());
            case Announcement.Discovered _ -> discovered(media);
        };
    }

    /** Asks as a start does, and finds nothing where a start would. */
    private static List<String> discovered(MediaSettings media) {
        try {
            return AddressDiscovery.settle(media, AddressDiscovery.LIMIT).announcement()
                            instanceof Announcement.Mapped(Map<String, String> publicByLocal)
                    ? List.copyOf(publicByLocal.values())
                    : List.of();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Surroundings surroundings(Settings settings) {
        List<Surroundings.Relay> relays = new ArrayList<>();
        for (IceServer server : new TurnCredentials(settings.turn(), InstantSource.system()).forUser(PATIENT)) {
            for (String url : server.urls()) {
                relays.add(new Surroundings.Relay(url, server.username(), server.credential()));
            }
        }
        return new Surroundings(
                settings.http().host(),
                settings.http().ports(),
                !Loopback.isLoopbackHost(settings.http().host()),
                settings.media().listenIps().getFirst(),
                announced(settings.media()),
                settings.media().minPort(),
                settings.media().maxPort(),
                settings.media().workers(),
                settings.media().socketBufferBytes(),
                relays);
    }
}
