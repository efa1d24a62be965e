package dev.foyer.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/configuration.md} says in its tables, and the example file that follows from it. */
record ConfigurationDoc(Map<String, List<Row>> sections) {
    private static final Pattern VARIABLE = Pattern.compile("`([A-Z][A-Z0-9_]*)`");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final int WIDTH = 100;

    /**
     * One row.
     *
     * @param names of a variable and of those beside it
     * @param otherwise the cell of the default
     * @param text what it is about
     */
    record Row(List<String> names, String otherwise, String text) {
        /** The default that stands there as a value, or null. */
        String value() {
            Matcher code = CODE.matcher(otherwise);
            return code.matches() ? code.group(1) : null;
        }
    }

    static ConfigurationDoc read() throws IOException {
        Map<String, List<Row>> sections = new LinkedHashMap<>();
        String section = "";
        for (String line : Files.readAllLines(Path.of("docs/configuration.md"))) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("| `")) {
                String[] cells = line.substring(1).split("(?<!\\\\)\\|", -1);
                List<String> names = VARIABLE.matcher(cells[0])
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                if (!names.isEmpty()) {
                    sections.computeIfAbsent(section, _ -> new ArrayList<>())
                            .add(new Row(names, cells[1].strip(), cells[2].strip()));
                }
            }
        }
        return new ConfigurationDoc(sections);
    }

    List<Row> rows() {
        return sections.values().stream().flatMap(List::stream).toList();
    }

    /** The example: every setting with what it is about, those that have a default as a line, the others as comments. */
    String example() {
        StringBuilder file = new StringBuilder("""
                # Every setting of Foyer. Copy this file to foyer.yaml in the working directory, or name it by --config.
                #
                # What stands here is what counts anyway; take a # away in front of a setting that has no value, and give
                # it one. An environment variable of the same name, in capitals and with _ for -, wins over this file.
                # `./foyer config` shows what counts in the end. docs/configuration.md says more.
                #
                # Made of docs/configuration.md by ConfigurationDocTest: change that one.
                """);
        sections.forEach((section, rows) -> {
            file.append("\n# ")
                    .append("=".repeat(WIDTH))
                    .append("\n# ")
                    .append(section)
                    .append('\n');
            for (Row row : rows) {
                file.append('\n');
                String others = row.value() == null && !row.otherwise().isEmpty() ? " Default: " + row.otherwise() : "";
                wrap(plain(row.text() + (others.isEmpty() ? "" : "." + others)), file);
                for (String name : row.names()) {
                    String key = name.toLowerCase(Locale.ROOT).replace('_', '-');
                    if (row.value() == null || row.names().indexOf(name) > 0) {
                        file.append('#').append(key).append(":\n");
                    } else {
                        file.append(key).append(": ").append(row.value()).append('\n');
                    }
                }
            }
        });
        return file.toString();
    }

    private static String plain(String text) {
        return text.replace("`", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("\\|", "|");
    }

    private static void wrap(String text, StringBuilder into) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH + 2) {
                into.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        into.append(line).append('\n');
    }
}
