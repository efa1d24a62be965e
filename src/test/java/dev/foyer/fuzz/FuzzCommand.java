package dev.foyer.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fuzzing without an end in sight: {@code ./foyer fuzz}. Each target in turn goes to Jazzer, in a process of its own,
 * which looks at coverage and keeps what it learns under {@code target/fuzz}; or one input is tried again.
 */
public final class FuzzCommand {
    private static final int DEFAULT_MINUTES = 5;
    private static final int SLOWEST_INPUT_SECONDS = 10;

    private FuzzCommand() {}

    /**
     * Ends with status 1 when an input fails.
     *
     * @param arguments none, or a target and then minutes for each or a file with an input
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = new ArrayList<>(List.of(arguments));
        int minutes = DEFAULT_MINUTES;
        if (!given.isEmpty() && given.getLast().matches("[0-9]+")) {
            minutes = Integer.parseInt(given.removeLast());
        }
        List<String> targets = FuzzTargets.matching(given.isEmpty() ? "" : given.getFirst());
        if (targets.isEmpty()) {
            System.err.println("foyer: no such target: " + given.getFirst() + "\n"
                    + String.join("\n", FuzzTargets.names().keySet()));
            System.exit(2);
        }
        boolean passed = given.size() > 1 ? again(targets.getFirst(), Path.of(given.get(1))) : all(targets, minutes);
        System.exit(passed ? 0 : 1);
    }

    private static boolean again(String name, Path input) throws IOException {
        FuzzTarget target = FuzzTargets.create(name);
        byte[] bytes = Files.readAllBytes(input);
        Throwable failure = new Examination(target).attempt(bytes);
        System.out.println(failure == null ? "passes" : Reports.failure(target, bytes, failure));
        if (failure != null) {
            failure.printStackTrace(System.out);
        }
        return failure == null;
    }

    private static boolean all(List<String> targets, int minutes) throws IOException, InterruptedException {
        List<String> failed = new ArrayList<>();
        for (String name : targets) {
            System.out.println("foyer: == " + name + ", " + minutes + " min");
            if (jazzer(name, minutes) != 0) {
                failed.add(name);
            }
        }
        System.out.println(
                targets.size() + " targets, " + failed.size() + " failed" + (failed.isEmpty() ? "" : ": " + failed));
        return failed.isEmpty();
    }

    private static int jazzer(String name, int minutes) throws IOException, InterruptedException {
        FuzzTarget target = FuzzTargets.create(name);
        Path folder = Reports.FOLDER.resolve(name);
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        Path learnt = Files.createDirectories(folder.resolve("learnt"));
        Path words = folder.resolve("words");
        Files.write(words, dictionary(target.words()));
        for (byte[] input : target.corpus()) {
            Files.write(seeds.resolve(Integer.toHexString(Arrays.hashCode(input))), input);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + name,
                "--instrumentation_includes=dev.foyer.**",
                "--reproducer_path=" + folder,
                "-max_total_time=" + 60L * minutes,
                "-max_len=" + target.longest(),
                "-timeout=" + SLOWEST_INPUT_SECONDS,
                "-rss_limit_mb=0",
                "-artifact_prefix=" + folder + "/",
                learnt.toString(),
                seeds.toString()));
        // libFuzzer will not begin with an empty dictionary.
        if (!target.words().isEmpty()) {
            command.add("-dict=" + words);
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** The words as libFuzzer reads them: everything that is no letter or digit in hexadecimal. */
    private static List<String> dictionary(List<String> words) {
        return words.stream().flatMap(FuzzCommand::entry).toList();
    }

    private static Stream<String> entry(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        // libFuzzer takes words of at most 64 bytes.
        if (bytes.length == 0 || bytes.length > 64) {
            return Stream.empty();
        }
        StringBuilder text = new StringBuilder("\"");
        for (byte each : bytes) {
            boolean plain =
                    (each >= '0' && each <= '9') || (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
            text.append(plain ? String.valueOf((char) each) : "\\x%02X".formatted(each & 0xFF));
        }
        return Stream.of(text.append('"').toString());
    }
}
