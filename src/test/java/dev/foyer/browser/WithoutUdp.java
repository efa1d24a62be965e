package dev.foyer.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network without UDP: a network namespace of its own whose routing prohibits it, for server and browser alike. Where
 * that cannot be had, because the user may not, the page is kept from learning of UDP candidates instead.
 */
final class WithoutUdp implements AutoCloseable {
    /** On paper the routes of this machine itself come first; they make room for the prohibition. */
    private static final List<String> RULES = List.of(
            "link set lo up",
            "rule add ipproto udp prohibit pref 1",
            "rule add lookup local pref 5",
            "rule del lookup local pref 0");

    private static final String ONLY_TCP_CANDIDATES = """
            const original = RTCPeerConnection.prototype.setRemoteDescription;
            RTCPeerConnection.prototype.setRemoteDescription = function (description) {
              const sdp = description.sdp.replaceAll(/a=candidate:\\S+ \\d+ udp [^\\r\\n]*\\r?\\n/gi, '');
              return original.call(this, { type: description.type, sdp });
            };
            """;

    private final String namespace = "foyer-" + ProcessHandle.current().pid();
    private final boolean isolated;

    WithoutUdp() {
        isolated = "root".equals(System.getProperty("user.name")) && isolate();
        System.out.println("UDP is blocked by "
                + (isolated ? "a network namespace that prohibits it" : "keeping its candidates from the page"));
    }

    private boolean isolate() {
        if (!ip("netns", "add", namespace)) {
            return false;
        }
        for (String rule : RULES) {
            List<String> command = new ArrayList<>(List.of("-n", namespace));
            command.addAll(Arrays.asList(rule.split(" ", -1)));
            if (!ip(command.toArray(String[]::new))) {
                close();
                return false;
            }
        }
        return true;
    }

    private static boolean ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            // No such program.
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What goes before the command of a program that is to run there. */
    List<String> prefix() {
        return isolated ? List.of("ip", "netns", "exec", namespace) : List.of();
    }

    /** A program that runs another there. */
    Path wrap(Path program) throws IOException {
        if (!isolated) {
            return program;
        }
        Path wrapper = Files.createTempFile(
                "foyer-browser",
                ".sh",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(wrapper, "#!/bin/sh\nexec %s %s \"$@\"\n".formatted(String.join(" ", prefix()), program));
        wrapper.toFile().deleteOnExit();
        return wrapper;
    }

    /** Runs before the scripts of each page. */
    String initScript() {
        return isolated ? "" : ONLY_TCP_CANDIDATES;
    }

    @Override
    public void close() {
        ip("netns", "del", namespace);
    }
}
