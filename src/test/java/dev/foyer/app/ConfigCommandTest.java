package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void printsEachValueWithItsSource() throws IOException {
        Path file = Files.writeString(directory.resolve("f.yaml"), "port: 3001\nlog-level: warn\n");

        assertEquals(0, run(List.of("--config", file.toString()), Map.of("LOG_LEVEL", "debug")));
        assertLine("PORT", "file", "3001");
        assertLine("LOG_LEVEL", "environment", "debug");
        assertLine("HOST", "default", "127.0.0.1");
        assertLine("JWT_SECRET", "default", "");
    }

    @Test
    void showsOfSecretsOnlyThatTheyAreSet() {
        Map<String, String> environment = Map.of(
                "JWT_SECRET", "s3cret-s3cret-s3cret-s3cret-s3cret",
                "TURN_URLS", "turn:turn.example.org",
                "TURN_USERNAME", "u",
                "TURN_PASSWORD", "s3cret");

        assertEquals(0, run(List.of(), environment));
        assertLine("JWT_SECRET", "environment", "set");
        assertLine("TURN_PASSWORD", "environment", "set");
        assertFalse(text(out).contains("s3cret"), text(out));
    }

    @Test
    void printsWhatWasReadWhenAValueIsWrong() {
        assertEquals(2, run(List.of(), Map.of("LOG_FORMAT", "xml")));
        assertLine("LOG_FORMAT", "environment", "xml");
        assertEquals(
                "foyer: LOG_FORMAT is \"xml\", but may be one of plain, json",
                text(err).strip());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals(2, run(List.of("--colour"), Map.of()));
        assertEquals(
                "foyer: there is no option --colour, only --insecure and --config FILE",
                text(err).strip());
    }

    @Test
    void hidesUserAndPasswordOfUrls() {
        EffectiveValue url =
                new EffectiveValue("BACKEND_URL", "https://u:p@example.org/x@y", null, ValueSource.FILE, false);

        assertEquals("https://set@example.org/x@y", url.shown());
        assertEquals("", new EffectiveValue("A_TOKEN", null, null, ValueSource.DEFAULT, true).shown());
    }

    @Test
    void namesNoSecretInAComplaint() {
        Variables variables = new Variables(Map.of("JWT_SECRET", "short"), Map.of());

        assertEquals(
                "JWT_SECRET is \"(not shown)\", but may be longer",
                variables.wrong("JWT_SECRET", "longer").getMessage());
    }

    private int run(List<String> arguments, Map<String, String> environment) {
        return ConfigCommand.run(arguments, environment, new PrintStream(out, true), new PrintStream(err, true));
    }

    private void assertLine(String name, String source, String value) {
        String line = text(out)
                .lines()
                .filter(candidate -> candidate.startsWith(name + " "))
                .findFirst()
                .orElse("");
        assertTrue(line.matches(name + " +" + source + " *" + java.util.regex.Pattern.quote(value)), line + text(out));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
