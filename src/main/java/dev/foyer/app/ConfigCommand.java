package dev.foyer.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./foyer config}: prints what every variable comes to and where that is from, secrets as {@code set}. */
final class ConfigCommand {
    private ConfigCommand() {}

    /**
     * Prints all variables, and the line that would stop a start, if one would.
     *
     * @return the process's exit status: 0, or {@link Main#EXIT_WRONG_SETTINGS}
     */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        Variables variables;
        CommandLine line;
        try {
            line = CommandLine.parse(arguments);
            variables = line.variables(environment);
        } catch (SettingsException e) {
            err.println("foyer: " + e.getMessage());
            return Main.EXIT_WRONG_SETTINGS;
        }
        SettingsException wrong = null;
        try {
            Settings _ = Settings.read(variables, line.insecure());
        } catch (SettingsException e) {
            wrong = e;
        }
        print(variables.effective(), out);
        if (wrong != null) {
            err.println("foyer: " + wrong.getMessage());
            return Main.EXIT_WRONG_SETTINGS;
        }
        return 0;
    }

    private static void print(List<EffectiveValue> values, PrintStream out) {
        int names =
                values.stream().mapToInt(value -> value.name().length()).max().orElse(0);
        for (EffectiveValue value : values) {
            String source = value.source().name().toLowerCase(Locale.ROOT);
            out.println(("%-" + names + "s  %-11s  %s")
                    .formatted(value.name(), source, value.shown())
                    .stripTrailing());
        }
    }
}
