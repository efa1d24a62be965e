package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.auth.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCommandTest {
    private static final String SECRET = "a secret of thirty-two characters";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Map<String, String> ENVIRONMENT = Map.of("JWT_SECRET", SECRET, "JWT_AUDIENCE", "foyer");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsATokenThatTheServerBelieves() {
        assertEquals(0, run(ENVIRONMENT, "--room", "r", "--user", "ada", "--role", "host"));
        assertEquals(new Identity("ada", null, "r", "host", null, NOW.plusSeconds(3_600)), identity());
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void saysEverythingThatATokenCanSay() {
        String[] arguments = {
            "--room", "*", "--user", "bob", "--name", "Bob", "--grants", "publish, admin", "--expires", "2d"
        };

        assertEquals(0, run(ENVIRONMENT, arguments));
        assertEquals(
                new Identity("bob", "Bob", null, null, Set.of(Grant.PUBLISH, Grant.ADMIN), NOW.plusSeconds(172_800)),
                identity());
    }

    @Test
    void takesTheSecretFromAFile() throws Exception {
        Path file =
                Files.writeString(directory.resolve("foyer.yaml"), "jwt: {secret: " + SECRET + ", audience: foyer}\n");

        assertEquals(0, run(Map.of(), "--room", "r", "--user", "ada", "--config", file.toString()));
        assertEquals("ada", identity().userId());
    }

    @Test
    void needsASecret() {
        assertEquals(2, run(Map.of("HOST", "0.0.0.0"), "--room", "r", "--user", "ada"));
        assertEquals(
                "foyer: there is no JWT_SECRET to sign a token with: set it as for the server, in the environment or in"
                        + " foyer.yaml; without one, a server on this machine asks nobody for a token",
                err.toString(StandardCharsets.UTF_8).strip());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--user a|--room is missing",
                "--room r|--user is missing",
                "--room r --user|--user needs a value",
                "--port 1|there is no option --port",
                "--room r --user a --role king|--role is \"king\", but may be host, participant or viewer",
                "--room r --user a --grants fly|--grants is \"fly\", but may be some of publish,",
                "--room r --user a --expires 1|--expires is \"1\", but may be a time such as 30m, 1h or 7d",
                "--room r --user a --expires 0h|--expires is \"0h\", but may be",
                "--room r --user a --expires 9999999d|--expires is \"9999999d\", but may be"
            })
    void saysInOneLineWhatIsWrong(String arguments, String line) {
        assertEquals(2, run(ENVIRONMENT, arguments.split(" ", -1)));
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.startsWith("foyer: " + line), said);
        assertEquals(1, said.lines().count());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    private int run(Map<String, String> environment, String... arguments) {
        return TokenCommand.run(
                List.of(arguments),
                environment,
                () -> NOW,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Identity identity() {
        Authenticator server = new Authenticator(new AuthSettings(SECRET, null, "foyer", false), () -> NOW);
        return assertInstanceOf(
                        Verdict.Admitted.class,
                        server.admit(out.toString(StandardCharsets.UTF_8).strip())
                                .toCompletableFuture()
                                .join())
                .identity();
    }
}
