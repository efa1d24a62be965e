package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code docs/configuration.md} and {@code foyer.example.yaml} against the variables that a start asks for. The example
 * is made of the documentation; {@code -Dfoyer.example=write} makes it anew.
 */
class ConfigurationDocTest {
    private static final Path EXAMPLE = Path.of("foyer.example.yaml");
    private static final Pattern ASKED = Pattern.compile("variables\\s*\\.\\w+\\(\\s*\"([A-Z][A-Z0-9_]*)\"");

    /** Defaults that depend on the machine or on another variable stand in words. */
    private static final Map<String, String> IN_WORDS = Map.of(
            "cores", Integer.toString(Runtime.getRuntime().availableProcessors()),
            "`RTC_MIN_PORT` + 100", "40100",
            "all", "",
            "those of `TURN_URLS`", "",
            "2, in `private` rooms 3", "2");

    private final ConfigurationDoc doc = ConfigurationDoc.read();
    private final Map<String, EffectiveValue> asked = asked();

    @TempDir
    private Path directory;

    ConfigurationDocTest() throws IOException {}

    @BeforeAll
    static void makeTheExample() throws IOException {
        if ("write".equals(System.getProperty("foyer.example"))) {
            Files.writeString(EXAMPLE, ConfigurationDoc.read().example());
        }
    }

    @Test
    void namesEveryVariableThatAStartAsksFor() {
        Set<String> documented = new TreeSet<>();
        for (ConfigurationDoc.Row row : doc.rows()) {
            for (String name : row.names()) {
                assertTrue(documented.add(name), () -> name + " is documented twice");
            }
        }
        assertEquals(new TreeSet<>(asked.keySet()), documented);
    }

    @Test
    void asksForEveryVariableWhateverTheOthersSay() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/foyer/app"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                ASKED.matcher(Files.readString(source)).results().forEach(found -> read.add(found.group(1)));
            }
        }
        assertTrue(read.contains("PORT"), read::toString);
        read.removeAll(asked.keySet());
        assertEquals(Set.of(), read, "asked for only sometimes, so that ./foyer config cannot show them");
    }

    @Test
    void saysTheDefaultThatCounts() {
        Map<String, String> documented = new TreeMap<>();
        Map<String, String> counting = new TreeMap<>();
        for (ConfigurationDoc.Row row : doc.rows()) {
            String value = row.value() != null ? row.value() : IN_WORDS.getOrDefault(row.otherwise(), row.otherwise());
            for (String name : row.names()) {
                EffectiveValue effective = asked.get(name);
                documented.put(name, value);
                counting.put(name, effective == null || effective.otherwise() == null ? "" : effective.otherwise());
            }
        }
        assertEquals(lines(documented), lines(counting));
    }

    @Test
    void theExampleIsWhatTheDocumentationSays() throws IOException {
        assertEquals(doc.example(), Files.readString(EXAMPLE), "make it anew with -Dfoyer.example=write");
    }

    @Test
    void theExampleChangesNothing() {
        assertEquals(
                Settings.read(List.of(), Map.of()), Settings.read(List.of("--config", EXAMPLE.toString()), Map.of()));
    }

    @Test
    void theExampleNamesEveryVariableInItsComments() throws IOException {
        String everything = Files.readAllLines(EXAMPLE).stream()
                .map(line -> line.replaceFirst("^#(?=[a-z0-9-]+:$)", ""))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(directory.resolve("foyer.yaml"), everything);
        Settings _ = Settings.read(List.of("--config", file.toString()), Map.of());
        Map<?, ?> keys = YAMLMapper.shared().readValue(everything, Map.class);
        assertEquals(
                new TreeSet<>(asked.keySet()),
                keys.keySet().stream()
                        .map(key -> key.toString()
                                .toUpperCase(java.util.Locale.ROOT)
                                .replace('-', '_'))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Map<String, EffectiveValue> asked() {
        Variables variables = new Variables(Map.of(), Map.of());
        Settings _ = Settings.read(variables, false);
        return variables.effective().stream().collect(Collectors.toMap(EffectiveValue::name, Function.identity()));
    }

    /** A map as text, so that a difference is seen at once. */
    private static String lines(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
