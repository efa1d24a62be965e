package dev.foyer.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The YAML file that says what environment variables say.
 *
 * <p>A key is a variable's name in any case, with {@code -} or {@code _}, and may be split into nested maps wherever
 * the name has a {@code _}; a list is what the variable has between commas:
 *
 * <pre>{@code
 * port: [3000, 4000]
 * rtc:
 *   min-port: 40000
 * }</pre>
 */
final class ConfigurationFile {
    private static final int MAX_BYTES = 1 << 20;

    private ConfigurationFile() {}

    /** The file's values by the names of the variables. Blocks: for start-up only. */
    static Map<String, String> read(Path path) {
        Object document;
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new SettingsException("the configuration file %s is larger than 1 MB".formatted(path));
            }
            document = YAMLMapper.shared().readValue(Files.readAllBytes(path), Object.class);
        } catch (JacksonException e) {
            throw new SettingsException(
                    "the configuration file %s is not YAML: %s".formatted(path, firstLine(e.getOriginalMessage())));
        } catch (IOException _) {
            throw new SettingsException("the configuration file %s cannot be read".formatted(path));
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (document instanceof Map<?, ?> map) {
            flatten("", map, values);
        } else if (document != null) {
            throw new SettingsException("the configuration file %s is not a map of settings".formatted(path));
        }
        return values;
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> values) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = prefix
                    + String.valueOf(entry.getKey()).toUpperCase(Locale.ROOT).replace('-', '_');
            switch (entry.getValue()) {
                case null -> {}
                case Map<?, ?> nested -> flatten(name + "_", nested, values);
                case List<?> list ->
                    values.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
                case Object scalar -> values.put(name, scalar.toString());
            }
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "unreadable" : text.lines().findFirst().orElse("unreadable");
    }
}
