package dev.foyer.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a relay is measured.
 *
 * @param dialect what the clients speak
 * @param pairs pairs of clients, each in a room of its own
 * @param bytes size of a message, give or take a line
 * @param window messages of each client under way at once when saturated
 * @param rate messages a second, of all clients together, when paced
 * @param rounds how often each server is measured in each mode
 * @param seconds how long each time
 * @param warmUpSeconds how long each server is warmed up, in both modes
 * @param jvm more options for Foyer's JVM
 */
record RelayOptions(
        RelayDialect dialect,
        int pairs,
        int bytes,
        int window,
        int rate,
        int rounds,
        int seconds,
        int warmUpSeconds,
        List<String> jvm) {
    static final String USAGE = """
            usage: ./foyer bench relay [option=value ...]

              dialect=call|signaling    what the clients speak (signaling)
              pairs=N                   pairs of clients, each in a room of its own (4)
              bytes=N                   size of a message (3000)
              window=N                  messages of each client under way at once when saturated (16)
              rate=N                    messages a second, of all clients together, when paced (2000)
              rounds=N                  how often each server is measured in each mode (5)
              seconds=N                 how long each time (4)
              warmup=N                  seconds for which each server is warmed up, in both modes (20)
              jvm=OPTION                one more option for Foyer's JVM; may be repeated
            """;

    private static final int MOST = 1_000_000;
    private static final int MOST_BYTES = 60_000;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with the line to show
     */
    static RelayOptions parse(List<String> arguments) {
        RelayOptions options = new RelayOptions(RelayDialect.SIGNALING, 4, 3_000, 16, 2_000, 5, 4, 20, List.of());
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("an option and its value are joined by =: " + argument);
            }
            options = options.with(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return options;
    }

    private RelayOptions with(String name, String value) {
        RelayDialect dialect = name.equals("dialect") ? dialect(value) : this.dialect;
        List<String> jvm = new ArrayList<>(this.jvm);
        switch (name) {
            case "jvm" -> jvm.add(value);
            case "dialect", "pairs", "bytes", "window", "rate", "rounds", "seconds", "warmup" -> {}
            default -> throw new IllegalArgumentException("no such option: " + name);
        }
        return new RelayOptions(
                dialect,
                number("pairs", name, value, pairs, MOST),
                number("bytes", name, value, bytes, MOST_BYTES),
                number("window", name, value, window, MOST),
                number("rate", name, value, rate, MOST),
                number("rounds", name, value, rounds, MOST),
                number("seconds", name, value, seconds, MOST),
                number("warmup", name, value, warmUpSeconds, MOST),
                jvm);
    }

    private static int number(String wanted, String name, String value, int otherwise, int most) {
        if (!wanted.equals(name)) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " is a whole number from 1 to " + most);
    }

    private static RelayDialect dialect(String value) {
        for (RelayDialect dialect : RelayDialect.values()) {
            if (dialect.name().toLowerCase(Locale.ROOT).equals(value)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("dialect is call or signaling");
    }
}
