package dev.foyer.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What relaying a signaling message costs: CPU time of the server process per message, of Foyer and of a Node server with
 * {@code socket.io} that does the same, alternating in one run. The last line that it prints is one JSON object.
 */
final class RelayBench {
    private static final int EXIT_WRONG_OPTION = 2;
    private static final double MICROS = 1_000_000.0;
    /** Lets a server come to rest between two measurements. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final int WARM_UP_SATURATED_MILLIS = 600;

    private static final Path SOCKET_IO = Path.of("loadtest", "peers", "socketio");

    private final RelayOptions options;

    private enum Mode {
        SATURATED,
        PACED
    }

    /** One server and what was measured of it. */
    private record Subject(ServerProcess server, RelayLoad load, Map<Mode, List<Double>> costs) {
        double median(Mode mode) {
            List<Double> sorted = new ArrayList<>(costs.getOrDefault(mode, List.of()));
            Collections.sort(sorted);
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

    private RelayBench(RelayOptions options) {
        this.options = options;
    }

    /** Runs in the repository's root, where ./foyer starts it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("help")) {
            System.out.print(RelayOptions.USAGE);
            return;
        }
        RelayOptions options;
        try {
            options = RelayOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println("foyer: " + wrong.getMessage() + "\n\n" + RelayOptions.USAGE);
            System.exit(EXIT_WRONG_OPTION);
            return;
        }
        new RelayBench(options).run();
    }

    private void run() throws IOException, InterruptedException {
        try (ServerProcess foyer = startFoyer();
                ServerProcess node = startNode();
                RelayLoad foyerLoad = load(foyer);
                RelayLoad nodeLoad = load(node)) {
            List<Subject> subjects = List.of(
                    new Subject(foyer, foyerLoad, new EnumMap<>(Mode.class)),
                    new Subject(node, nodeLoad, new EnumMap<>(Mode.class)));
            say(
                    "%s; %d pairs, %d bytes, %d under way a client or %d a second",
                    options.dialect(), options.pairs(), options.bytes(), options.window(), options.rate());
            for (Subject subject : subjects) {
                say("warming up %s (pid %d)", subject.server.name(), subject.server.pid());
                warmUp(subject, subjects);
            }
            say("%-6s %-10s %-10s %12s %12s %10s", "round", "server", "mode", "CPU us/msg", "messages/s", "load CPU");
            for (int round = 1; round <= options.rounds(); round++) {
                for (Mode mode : Mode.values()) {
                    for (Subject subject : subjects) {
                        measure(round, mode, subject, subjects);
                    }
                }
            }
            report(subjects.getFirst(), subjects.getLast());
        }
    }

    private ServerProcess startFoyer() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("@jvm.options");
        command.addAll(options.jvm());
        command.addAll(List.of("-jar", "target/foyer.jar"));
        // Rates as no client in the field has them; each event is still counted against its limit.
        Map<String, String> environment = Map.of(
                "PORT", "0",
                "HOST", "127.0.0.1",
                "LOG_LEVEL", "info",
                "EVENTS_PER_SECOND", "1000000",
                "EVENT_BURST", "1000000",
                "MESSAGES_PER_ADDRESS", "0",
                "MESSAGES_PER_ROOM", "0");
        return ServerProcess.start("foyer", Path.of("."), environment, command);
    }

    private static ServerProcess startNode() throws IOException, InterruptedException {
        return ServerProcess.start(
                "socket.io", SOCKET_IO, Map.of("PORT", "0", "NODE_ENV", "production"), List.of("node", "server.mjs"));
    }

    private RelayLoad load(ServerProcess server) throws IOException {
        return new RelayLoad(server.port(), options.dialect(), options.pairs(), options.bytes());
    }

    private void warmUp(Subject subject, List<Subject> all) throws IOException {
        // In parts, because whoever waits has to answer pings, and in both ways, because a JVM compiles for what it
        // sees.
        for (int second = 0; second < options.warmUpSeconds(); second++) {
            subject.load.saturate(options.window(), TimeUnit.MILLISECONDS.toNanos(WARM_UP_SATURATED_MILLIS));
            subject.load.pace(options.rate(), TimeUnit.MILLISECONDS.toNanos(1_000 - WARM_UP_SATURATED_MILLIS));
            rest(subject, all);
        }
    }

    private void measure(int round, Mode mode, Subject subject, List<Subject> all) throws IOException {
        rest(subject, all);
        Duration cpuBefore = subject.server.cpu();
        Duration ownBefore = ServerProcess.ownCpu();
        long start = System.nanoTime();
        long nanos = TimeUnit.SECONDS.toNanos(options.seconds());
        long messages = switch (mode) {
            case SATURATED -> subject.load.saturate(options.window(), nanos);
            case PACED -> subject.load.pace(options.rate(), nanos);
        };
        double seconds = (System.nanoTime() - start) / 1e9;
        double own = seconds(ServerProcess.ownCpu().minus(ownBefore));
        double cost = seconds(subject.server.cpu().minus(cpuBefore)) * MICROS / messages;
        subject.costs.computeIfAbsent(mode, _ -> new ArrayList<>()).add(cost);
        say(
                "%-6d %-10s %-10s %12.2f %12.0f %9.0f%%",
                round, subject.server.name(), name(mode), cost, messages / seconds, own / seconds * 100);
    }

    /** A moment without load, in which all clients answer what pings there are. */
    private static void rest(Subject next, List<Subject> all) throws IOException {
        for (Subject subject : all) {
            subject.load.idle(subject == next ? PAUSE_NANOS : TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void report(Subject foyer, Subject node) {
        StringBuilder json = new StringBuilder("{\"bench\":\"relay\",\"dialect\":\"%s\",\"bytes\":%d"
                .formatted(options.dialect().name().toLowerCase(Locale.ROOT), options.bytes()));
        say("%-10s %14s %14s %8s", "medians", "foyer us/msg", "socket.io", "ratio");
        for (Mode mode : Mode.values()) {
            double ours = foyer.median(mode);
            double theirs = node.median(mode);
            say("%-10s %14.2f %14.2f %7.2fx", name(mode), ours, theirs, theirs / ours);
            json.append(String.format(
                    Locale.ROOT,
                    ",\"%s\":{\"foyerUs\":%.2f,\"socketIoUs\":%.2f,\"ratio\":%.2f}",
                    name(mode),
                    ours,
                    theirs,
                    theirs / ours));
        }
        say("%s}", json);
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
