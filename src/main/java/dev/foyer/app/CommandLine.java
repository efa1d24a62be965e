package dev.foyer.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a start is told beside the environment.
 *
 * @param insecure whether everybody may come in, wherever the server listens
 * @param file the configuration file; null for the usual one
 */
record CommandLine(boolean insecure, @Nullable Path file) {
    /**
     * Reads {@code --insecure} and {@code --config FILE}.
     *
     * @throws SettingsException with the line to show
     */
    static CommandLine parse(List<String> arguments) {
        boolean insecure = false;
        @Nullable Path file = null;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--insecure" -> insecure = true;
                case "--config" -> {
                    if (++i == arguments.size()) {
                        throw new SettingsException("--config needs the name of a file");
                    }
                    file = Path.of(arguments.get(i));
                }
                case String other ->
                    throw new SettingsException(
                            "there is no option %s, only --insecure and --config FILE".formatted(other));
            }
        }
        return new CommandLine(insecure, file);
    }

    /** The variables of this start. Blocks: for start-up only. */
    Variables variables(Map<String, String> environment) {
        return Settings.variables(file, environment);
    }
}
