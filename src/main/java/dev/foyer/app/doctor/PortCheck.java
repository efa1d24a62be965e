package dev.foyer.app.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether the ports are there to listen on, and which of them a firewall has to let through. */
final class PortCheck {
    private static final int PRIVILEGED = 1024;

    private PortCheck() {}

    static List<Finding> look(Surroundings wanted, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        boolean running = false;
        for (int port : wanted.httpPorts()) {
            Facts.Bind bind = port == 0 ? Facts.Bind.FREE : facts.tcp(wanted.host(), port);
            boolean own = bind == Facts.Bind.TAKEN && facts.foyerAnswers(wanted.host(), port);
            running |= own;
            findings.add(own ? Finding.ok("TCP " + port, "a Foyer answers there") : http(wanted.host(), port, bind));
        }
        findings.add(media(wanted, facts, running));
        if (wanted.publicly()) {
            findings.add(Finding.note(
                    "firewall",
                    "only a look from outside shows whether it lets clients through",
                    "open TCP %s, and UDP and TCP %d to %d (%d of them are used)"
                            .formatted(
                                    String.join(
                                            ", ",
                                            wanted.httpPorts().stream()
                                                    .map(String::valueOf)
                                                    .toList()),
                                    wanted.minPort(),
                                    wanted.maxPort(),
                                    wanted.workers())));
        }
        return findings;
    }

    private static Finding http(String host, int port, Facts.Bind bind) {
        String subject = "TCP " + port;
        return switch (bind) {
            case FREE -> Finding.ok(subject, "free");
            case TAKEN -> Finding.failure(subject, "somebody else listens there", "end that program, or set PORT");
            case NO_ADDRESS ->
                Finding.failure(subject, host + " is no address of this machine", "set HOST to one that is");
            case FORBIDDEN ->
                Finding.failure(
                        subject,
                        "this user may not listen there",
                        port < PRIVILEGED
                                ? "set PORT to one from 1024 on, or sysctl -w net.ipv4.ip_unprivileged_port_start="
                                        + port
                                : "look at the rules of this machine's security module");
        };
    }

    private static Finding media(Surroundings wanted, Facts facts, boolean running) {
        String subject = "UDP %d-%d".formatted(wanted.minPort(), wanted.maxPort());
        int free = 0;
        Facts.Bind last = Facts.Bind.TAKEN;
        for (int port = wanted.minPort(); port <= wanted.maxPort() && free < wanted.workers(); port++) {
            last = facts.udp(wanted.mediaHost(), port);
            if (last == Facts.Bind.NO_ADDRESS) {
                return Finding.failure(
                        subject,
                        wanted.mediaHost() + " is no address of this machine",
                        "set MEDIASOUP_LISTEN_IP to one that is");
            }
            free += last == Facts.Bind.FREE ? 1 : 0;
        }
        if (free >= wanted.workers()) {
            return Finding.ok(subject, "%d of the %d that are needed are free".formatted(free, wanted.workers()));
        }
        return running
                ? Finding.ok(subject, "taken, by the Foyer that runs it seems")
                : Finding.failure(
                        subject,
                        "only %d of the %d that are needed are free".formatted(free, wanted.workers()),
                        "set RTC_MIN_PORT and RTC_MAX_PORT to a range that is, or MEDIASOUP_WORKERS to fewer");
    }
}
