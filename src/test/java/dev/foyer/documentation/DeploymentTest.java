package dev.foyer.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The container files, where no engine is at hand to try them: whatever can be wrong with them on paper. */
class DeploymentTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");
    private static final Set<String> INSTRUCTIONS = Set.of(
            "FROM",
            "RUN",
            "COPY",
            "WORKDIR",
            "USER",
            "ENV",
            "EXPOSE",
            "HEALTHCHECK",
            "VOLUME",
            "ENTRYPOINT",
            "CMD",
            "ARG",
            "LABEL");

    /** The keys of the compose specification that this file may use. */
    private static final Set<String> SERVICE_KEYS = Set.of(
            "build",
            "cap_drop",
            "command",
            "environment",
            "image",
            "init",
            "network_mode",
            "ports",
            "profiles",
            "read_only",
            "restart",
            "secrets",
            "security_opt",
            "stop_grace_period",
            "tmpfs",
            "ulimits",
            "volumes");

    private record Instruction(String name, String text) {}

    @Test
    void theImageIsBuiltInStagesAndRunByAUserWithoutRights() throws IOException {
        List<Instruction> instructions = dockerfile();
        Set<String> stages = new TreeSet<>();
        String user = "root";
        for (Instruction instruction : instructions) {
            assertTrue(INSTRUCTIONS.contains(instruction.name), instruction::toString);
            String[] words = instruction.text.split(" +", -1);
            switch (instruction.name) {
                case "FROM" -> {
                    assertTrue(words[0].matches("[a-z0-9-]+(/[a-z0-9-]+)?:[a-z0-9.-]+"), words[0] + " needs a tag");
                    assertFalse(words[0].endsWith(":latest"), words[0]);
                    if (words.length == 3) {
                        stages.add(words[2]);
                    }
                    user = "root";
                }
                case "COPY" -> {
                    if (words[0].startsWith("--from=")) {
                        assertTrue(stages.contains(words[0].substring(7)), instruction::toString);
                    } else {
                        for (int i = 0; i < words.length - 1; i++) {
                            assertTrue(Files.exists(Path.of(words[i])), words[i] + " is not there to copy");
                        }
                    }
                }
                case "USER" -> user = instruction.text;
                case "ENTRYPOINT" -> assertTrue(instruction.text.startsWith("["), "signals must reach the JVM itself");
                default -> {}
            }
        }
        assertEquals(Set.of("web", "server", "runtime"), stages);
        assertTrue(user.matches("[1-9][0-9]*"), user + " must be a number that is not root's");
        List<String> names = instructions.stream().map(Instruction::name).toList();
        assertTrue(names.contains("HEALTHCHECK"), names::toString);
        assertTrue(names.lastIndexOf("USER") > names.lastIndexOf("RUN"), "nothing needs rights after USER");
    }

    @Test
    void theRuntimeHasTheModulesThatAreListed() throws IOException {
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        assertTrue(dockerfile.contains("COPY deploy/modules.txt"), dockerfile);
        List<String> modules = Files.readAllLines(Path.of("deploy/modules.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertEquals(List.copyOf(new TreeSet<>(modules)), modules);
        for (String module : modules) {
            assertTrue(ModuleLayer.boot().findModule(module).isPresent(), module);
        }
    }

    @Test
    void theCompositionIsWellFormed() throws IOException {
        Map<?, ?> file = yaml("docker-compose.yml");
        assertEquals(Set.of("name", "services", "volumes", "secrets"), file.keySet());
        Map<?, ?> services = (Map<?, ?>) file.get("services");
        assertEquals(Set.of("foyer", "turn", "redis", "prometheus"), services.keySet());
        Set<String> problems = new TreeSet<>();
        services.forEach((name, value) -> {
            Map<?, ?> service = (Map<?, ?>) value;
            service.keySet().stream()
                    .filter(key -> !SERVICE_KEYS.contains(key.toString()))
                    .forEach(key -> problems.add(name + " has " + key));
            String image = String.valueOf(service.get("image"));
            if (!service.containsKey("build") && !image.matches("[a-z0-9-]+(/[a-z0-9-]+)?:[a-z0-9.-]+")) {
                problems.add(image + " needs a tag and no host");
            }
            for (Object port : list(service, "ports")) {
                if (!port.toString().startsWith("127.0.0.1:")) {
                    problems.add(name + " is open to others at " + port);
                }
            }
            for (Object volume : list(service, "volumes")) {
                String source = volume.toString().split(":", 2)[0];
                boolean known = source.startsWith("./")
                        ? Files.exists(Path.of(source))
                        : ((Map<?, ?>) file.get("volumes")).containsKey(source);
                if (!known) {
                    problems.add(source + " is not there");
                }
            }
            for (Object secret : list(service, "secrets")) {
                if (!((Map<?, ?>) file.get("secrets")).containsKey(secret)) {
                    problems.add(secret + " is no secret");
                }
            }
        });
        assertEquals(Set.of(), problems);
    }

    @Test
    void theCompositionSetsOnlyVariablesThatExist() throws IOException {
        String documentation = Files.readString(Path.of("docs/configuration.md"));
        String text = Files.readString(Path.of("docker-compose.yml"));
        Map<?, ?> services = (Map<?, ?>) yaml("docker-compose.yml").get("services");
        Set<String> unknown = new TreeSet<>();
        Map<?, ?> environment = (Map<?, ?>) ((Map<?, ?>) services.get("foyer")).get("environment");
        environment.keySet().forEach(name -> unknown.add(name.toString()));
        VARIABLE.matcher(text).results().forEach(found -> unknown.add(found.group(1)));
        unknown.removeIf(name -> documentation.contains("`" + name + "`"));
        assertEquals(Set.of(), unknown);
        assertTrue(text.contains("--static-auth-secret=${TURN_SECRET"), "coturn and the server share a secret");
    }

    @Test
    void prometheusAsksWithTheTokenThatIsMounted() throws IOException {
        String composition = Files.readString(Path.of("docker-compose.yml"));
        String prometheus = Files.readString(Path.of("deploy/prometheus.yml"));
        assertTrue(prometheus.contains("/run/secrets/metrics-token"), prometheus);
        assertTrue(composition.contains("metrics-token:\n    file: ./deploy/metrics.token"), composition);
        assertTrue(Files.readString(Path.of(".gitignore")).contains("deploy/metrics.token"));
        assertTrue(Files.readString(Path.of(".dockerignore")).contains("deploy/metrics.token"));
    }

    private static List<?> list(Map<?, ?> service, String key) {
        return service.get(key) instanceof List<?> list ? list : List.of();
    }

    private static Map<?, ?> yaml(String path) throws IOException {
        return YAMLMapper.shared().readValue(Files.readString(Path.of(path)), Map.class);
    }

    private static List<Instruction> dockerfile() throws IOException {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder pending = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("Dockerfile"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            boolean goesOn = line.endsWith("\\");
            pending.append(goesOn ? line.substring(0, line.length() - 1) : line);
            if (!goesOn) {
                String whole = pending.toString().strip();
                int space = whole.indexOf(' ');
                instructions.add(new Instruction(
                        whole.substring(0, space), whole.substring(space).strip()));
                pending.setLength(0);
            }
        }
        assertEquals(0, pending.length(), "the last line goes on into nothing");
        return instructions;
    }
}
