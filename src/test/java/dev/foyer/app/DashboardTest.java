package dev.foyer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Grafana dashboard, and what docs/operation.md says of metrics, against what a server shows. */
@Tag("integration")
class DashboardTest {
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z][a-z0-9_]*)(?:\\{([^}]*)})? ");
    private static final Pattern USED = Pattern.compile("\\b((?:foyer|jvm|process|system)_[a-z0-9_]+)(?:\\{[^}]*})?");
    private static final Pattern GROUPED = Pattern.compile("by \\(([a-z, ]+)\\)");

    /** The labels of each series of a server on which nothing has happened yet. */
    private static final Map<String, Set<String>> SHOWN = new TreeMap<>();

    private static String text;

    @BeforeAll
    static void scrape() throws Exception {
        Foyer foyer = Foyer.start(Settings.read(List.of(), Map.of("PORT", "0", "MEDIASOUP_WORKERS", "1")))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI metrics = URI.create("http://127.0.0.1:" + foyer.ports().getFirst() + "/metrics");
            text = http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } finally {
            foyer.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        SERIES.matcher(text).results().forEach(series -> {
            Set<String> labels = SHOWN.computeIfAbsent(series.group(1), _ -> new TreeSet<>());
            if (series.group(2) != null) {
                Pattern.compile("([a-z_]+)=\"")
                        .matcher(series.group(2))
                        .results()
                        .forEach(label -> labels.add(label.group(1)));
            }
        });
    }

    @AfterAll
    static void forget() {
        SHOWN.clear();
    }

    @Test
    void usesOnlyMetricsAndLabelsThatExist() throws Exception {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(Path.of("deploy/grafana/foyer.json")));
        Set<String> missing = new TreeSet<>();
        int expressions = 0;
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asString();
                expressions++;
                Set<String> labels = new TreeSet<>();
                for (MatchResult used : USED.matcher(expression).results().toList()) {
                    Set<String> shown = SHOWN.get(used.group(1));
                    if (shown == null) {
                        missing.add(used.group(1));
                    } else {
                        labels.addAll(shown);
                    }
                }
                GROUPED.matcher(expression)
                        .results()
                        .flatMap(group -> Pattern.compile(", *").splitAsStream(group.group(1)))
                        .filter(label -> !labels.contains(label))
                        .forEach(label -> missing.add(label + " in " + expression));
            }
        }
        assertTrue(expressions > 20, Integer.toString(expressions));
        assertEquals(Set.of(), missing, () -> text);
    }

    @Test
    void theDocumentationNamesOnlyMetricsThatExist() throws Exception {
        Set<String> named = new TreeSet<>();
        Pattern.compile("`(foyer_[a-z_]+)[`{]")
                .matcher(Files.readString(Path.of("docs/operation.md")))
                .results()
                .forEach(found -> named.add(found.group(1)));
        assertTrue(named.size() > 10, named::toString);
        Set<String> shown = new TreeSet<>();
        SHOWN.keySet().forEach(name -> shown.add(name.replaceFirst("_(bucket|sum|count)$", "")));
        shown.addAll(SHOWN.keySet());
        named.removeAll(shown);
        assertEquals(Set.of(), named);
    }
}
