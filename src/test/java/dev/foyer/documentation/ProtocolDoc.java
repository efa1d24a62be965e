package dev.foyer.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/protocol.md} says in its tables and diagrams. */
public final class ProtocolDoc {
    private static final Pattern CODE = Pattern.compile("^`([^`]+)`");
    private static final Pattern ARROW = Pattern.compile("^ *\\w+->>\\w+: (.*)$");

    private final Map<String, List<String>> sections = new LinkedHashMap<>();
    private final Map<String, FieldType> objects = new LinkedHashMap<>();

    private ProtocolDoc() {}

    /** Reads it. */
    public static ProtocolDoc read() throws IOException {
        ProtocolDoc doc = new ProtocolDoc();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/protocol.md"))) {
            if (line.startsWith("## ")) {
                lines = new ArrayList<>();
                doc.sections.put(line.substring(3).replace("`", ""), lines);
            }
            lines.add(line);
        }
        for (String section : doc.sections.keySet()) {
            doc.table(section, "Object").forEach((name, cells) -> {
                if (doc.objects.put(name, FieldType.parse(code(cells.get(1)))) != null) {
                    throw new AssertionError(name + " is documented twice");
                }
            });
        }
        return doc;
    }

    /** The objects that have rows of their own. */
    Map<String, FieldType> objects() {
        return objects;
    }

    /** The rows of all tables of a section whose first column has that title, by what is in it. */
    Map<String, List<String>> table(String section, String title) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        boolean inside = false;
        List<String> lines = sections.get(section);
        if (lines == null) {
            throw new AssertionError("no section " + section);
        }
        for (String line : lines) {
            if (!line.startsWith("|")) {
                inside = false;
            } else if (line.startsWith("| " + title + " |")) {
                inside = true;
            } else if (inside && !line.startsWith("| ---")) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
                    cells.add(cell.strip());
                }
                if (rows.put(code(cells.getFirst()), cells) != null) {
                    throw new AssertionError("documented twice: " + line);
                }
            }
        }
        return rows;
    }

    /** The events and their fields in a table of a section. */
    public Map<String, FieldType> events(String section, String title) {
        Map<String, FieldType> events = new LinkedHashMap<>();
        table(section, title).forEach((event, cells) -> events.put(event, FieldType.parse(code(cells.get(1)))));
        return events;
    }

    /** What the solid arrows of a section's diagrams carry. */
    Set<String> drawn(String section) {
        Set<String> drawn = new TreeSet<>();
        for (String line : sections.get(section)) {
            Matcher arrow = ARROW.matcher(line);
            if (arrow.matches()) {
                String message = arrow.group(1);
                int fields = message.indexOf(" {");
                drawn.addAll(List.of((fields < 0 ? message : message.substring(0, fields)).split(", ", -1)));
            }
        }
        return drawn;
    }

    /** What a cell says first, in code. */
    static String code(String cell) {
        Matcher code = CODE.matcher(cell);
        if (!code.find()) {
            throw new AssertionError("no code: " + cell);
        }
        return code.group(1);
    }
}
