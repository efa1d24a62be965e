package dev.foyer.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All targets there are, found by their files: {@code XxxFuzzTest} beside its parser. */
final class FuzzTargets {
    private static final String SUFFIX = "FuzzTest.class";

    private FuzzTargets() {}

    /** Class names by simple names. */
    static SortedMap<String, String> names() {
        Path root = root();
        SortedMap<String, String> names = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                String path = root.relativize(file).toString();
                String name = path.substring(0, path.length() - ".class".length())
                        .replace('/', '.')
                        .replace('\\', '.');
                names.put(name.substring(name.lastIndexOf('.') + 1), name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** The names that a name means: itself, itself without {@code FuzzTest}, or all when it is empty. */
    static List<String> matching(String name) {
        return names().keySet().stream()
                .filter(each -> name.isEmpty() || each.equals(name) || each.equals(name + "FuzzTest"))
                .toList();
    }

    /** A target by its simple name. */
    static FuzzTarget create(String name) {
        try {
            Constructor<?> constructor = Class.forName(names().get(name)).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (FuzzTarget) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no fuzz target: " + name, e);
        }
    }

    private static Path root() {
        try {
            return Path.of(FuzzTargets.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
