package dev.foyer.app.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the kernel lets the server have the files, buffers and instructions that it wants. Linux tells; others do not. */
final class KernelCheck {
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\w+)");
    private static final Pattern FEATURES = Pattern.compile("(?m)^(?:flags|Features)\\s*:\\s*(.*)$");

    /** A connection each, and as many again for the files of the JVM, the page and recordings. */
    private static final long ENOUGH_FILES = 10_000;

    private KernelCheck() {}

    static List<Finding> look(Surroundings wanted, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(files(facts));
        findings.add(buffer(facts, "net.core.rmem_max", "received", wanted.socketBufferBytes()));
        findings.add(buffer(facts, "net.core.wmem_max", "sent", wanted.socketBufferBytes()));
        findings.add(instructions(facts));
        findings.add(segments(facts));
        findings.add(processors(wanted, facts));
        return findings;
    }

    private static Finding files(Facts facts) {
        String limits = facts.file("/proc/self/limits");
        Matcher limit = OPEN_FILES.matcher(limits == null ? "" : limits);
        if (!limit.find()) {
            return unknown("open files");
        }
        String most = limit.group(1);
        if (most.equals("unlimited") || number(most) >= ENOUGH_FILES) {
            return Finding.ok("open files", "up to " + most);
        }
        return Finding.warning(
                "open files",
                "up to %s, one of which goes for each connection".formatted(most),
                "ulimit -n 65536 before the start, LimitNOFILE=65536 in a systemd unit, or --ulimit nofile=65536 for a"
                        + " container");
    }

    private static Finding buffer(Facts facts, String name, String what, int wantedBytes) {
        String text = facts.file("/proc/sys/" + name.replace('.', '/'));
        long most = text == null ? -1 : number(text.strip());
        if (most < 0) {
            return unknown(name);
        }
        return most >= wantedBytes
                ? Finding.ok(name, "%d bytes, as much as a media socket asks for".formatted(most))
                : Finding.warning(
                        name,
                        "%d bytes, where a media socket asks for %d: bursts that are %s get lost"
                                .formatted(most, wantedBytes, what),
                        "sysctl -w %s=%d, and the same in /etc/sysctl.d to keep it".formatted(name, wantedBytes));
    }

    /** x86 and Arm name them differently: AES, and the multiplication that its Galois counter mode needs. */
    private static Finding instructions(Facts facts) {
        String cpu = facts.file("/proc/cpuinfo");
        Matcher features = FEATURES.matcher(cpu == null ? "" : cpu);
        if (!features.find()) {
            return unknown("CPU");
        }
        List<String> all =
                List.of(features.group(1).toLowerCase(Locale.ROOT).strip().split("\\s+", -1));
        boolean multiplies = all.contains("pclmulqdq") || all.contains("pmull");
        return all.contains("aes") && multiplies
                ? Finding.ok("CPU", "encrypts in hardware")
                : Finding.warning(
                        "CPU",
                        "has no instructions for AES-GCM: encryption takes several times as long",
                        "choose a machine type that has them, or let the hypervisor pass them on");
    }

    private static Finding segments(Facts facts) {
        Boolean segmented = facts.segmentedSends();
        if (segmented == null) {
            return Finding.note(
                    "UDP sends",
                    "one system call a packet: Linux's epoll is not to be had",
                    "use Linux on x86-64 or arm64 where many are to watch");
        }
        return segmented
                ? Finding.ok("UDP sends", "leave in groups (GSO)")
                : Finding.note(
                        "UDP sends",
                        "one system call a packet: the kernel cannot group them",
                        "use Linux 4.18 or newer");
    }

    private static Finding processors(Surroundings wanted, Facts facts) {
        int processors = facts.processors();
        return wanted.workers() > 2 * processors
                ? Finding.warning(
                        "processors",
                        "%d SFU workers on %d".formatted(wanted.workers(), processors),
                        "set MEDIASOUP_WORKERS to %d, or leave it out".formatted(processors))
                : Finding.ok("processors", "%d, for %d SFU workers".formatted(processors, wanted.workers()));
    }

    private static Finding unknown(String subject) {
        return Finding.note(subject, "not told by this system", "nothing, unless load shows otherwise");
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
