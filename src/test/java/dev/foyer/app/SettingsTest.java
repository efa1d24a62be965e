package dev.foyer.app;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.auth.Grant;
import dev.foyer.http.ConnectionSettings;
import dev.foyer.limit.LimitKind;
import dev.foyer.limit.LimitScope;
import dev.foyer.limit.LimitSettings;
import dev.foyer.limit.OpenKind;
import dev.foyer.limit.Rate;
import dev.foyer.media.Announcement;
import dev.foyer.room.RoomType;
import dev.foyer.room.TopologySettings;
import dev.foyer.socketio.LimitOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String SECRET = "a secret of thirty-two characters";

    @TempDir
    private Path directory;

    @Test
    void listensOnLoopbackForThisMachineAloneByDefault() {
        Settings settings = read(Map.of());

        assertEquals("127.0.0.1", settings.http().host());
        assertEquals(List.of(3000), settings.http().ports());
        assertTrue(settings.http().development());
        assertTrue(settings.auth().guests());
        assertNull(settings.auth().secret());
        assertTrue(settings.media().ownMachineOnly());
        assertEquals("info", settings.logLevel());
    }

    @Test
    void asksForTokensOnceThereIsASecret() {
        Settings settings = read(Map.of("JWT_SECRET", "s"));

        assertFalse(settings.http().development());
        assertFalse(settings.auth().guests());
    }

    @Test
    void refusesToListenPubliclyWithoutASecretUnlessToldSo() {
        assertEquals(
                "HOST is \"0.0.0.0\", where others can reach it: set JWT_SECRET or JWKS_URL so that only those with"
                        + " a token get in, or start with --insecure to let everybody in",
                refusal(Map.of("HOST", "0.0.0.0")));

        Settings insecure = Settings.read(List.of("--insecure"), Map.of("HOST", "0.0.0.0"));
        assertFalse(insecure.http().development());
        assertTrue(insecure.auth().guests());
        assertFalse(read(Map.of("HOST", "0.0.0.0", "JWT_SECRET", SECRET)).auth().guests());
    }

    @Test
    void asksForTokensOnceThereArePublicKeys() {
        Settings settings = read(Map.of("JWKS_URL", "file:///keys.json", "HOST", "0.0.0.0"));

        assertFalse(settings.http().development());
        assertFalse(settings.auth().guests());
        assertEquals(URI.create("file:///keys.json"), settings.auth().jwks());
        assertEquals(
                "https",
                read(Map.of("JWKS_URL", "https://id.example.org/keys"))
                        .auth()
                        .jwks()
                        .getScheme());
        assertEquals(
                "http",
                read(Map.of("JWKS_URL", "http://localhost:8080/keys"))
                        .auth()
                        .jwks()
                        .getScheme());
    }

    @Test
    void refusesASecretThatCanBeGuessedWhereOthersCanReachTheServer() {
        assertEquals(
                "JWT_SECRET has 31 bytes, which can be guessed where others can reach the server: it needs 32, such as"
                        + " openssl rand -base64 32 prints",
                refusal(Map.of("HOST", "0.0.0.0", "JWT_SECRET", "s".repeat(31))));
        assertEquals("s", read(Map.of("JWT_SECRET", "s")).auth().secret());
    }

    @Test
    void readsWhatGuestsMayDo() {
        assertEquals(Map.of(), read(Map.of("JWT_SECRET", "s")).auth().guestGrants());
        assertEquals(
                Map.of("/signaling", Set.of(Grant.PUBLISH, Grant.SUBSCRIBE), "/", Set.of(Grant.SUBSCRIBE)),
                read(Map.of("JWT_SECRET", "s", "GUEST_GRANTS", "/signaling=publish+subscribe, / = subscribe"))
                        .auth()
                        .guestGrants());
        for (String wrong : List.of("publish", "/=", "/=fly", "/=admin", "/none=publish", "/signaling", "=publish")) {
            assertEquals(
                    "GUEST_GRANTS is \"" + wrong + "\", but may be namespaces with what guests may do there, such as"
                            + " /signaling=publish+subscribe+create, separated by commas; of publish, subscribe,"
                            + " moderate, record, create",
                    refusal(Map.of("GUEST_GRANTS", wrong)));
        }
    }

    @Test
    void receivesMediaPubliclyWhenItListensPublicly() {
        Settings settings = read(Map.of("HOST", "0.0.0.0", "JWT_SECRET", SECRET));

        assertTrue(
                List.of("::", "0.0.0.0").contains(settings.media().listenIps().getFirst()));
        assertFalse(settings.media().loopbackCandidates());
    }

    @Test
    void readsTheNamesThatTheFieldUses() {
        Settings settings = read(Map.of(
                "PORT", "3001, 4000",
                "FRONTEND_URL", "http://localhost:5173/",
                "MEDIASOUP_ANNOUNCED_IP", "203.0.113.7",
                "MEDIASOUP_LISTEN_IP", "127.0.0.2",
                "MEDIASOUP_WORKERS", "3",
                "RTC_MIN_PORT", "50000",
                "RTC_MAX_PORT", "50010",
                "LOG_LEVEL", "WARN"));

        assertEquals(List.of(3001, 4000), settings.http().ports());
        assertEquals(List.of("http://localhost:5173"), settings.http().allowedOrigins());
        assertEquals(
                new Announcement.Instead(List.of("203.0.113.7")),
                settings.media().announcement());
        assertEquals(List.of("127.0.0.2"), settings.media().listenIps());
        assertEquals(3, settings.media().workers());
        assertEquals(50_000, settings.media().minPort());
        assertEquals(50_010, settings.media().maxPort());
        assertEquals("warn", settings.logLevel());
    }

    @Test
    void prefersTheFirstOfTwoNames() {
        Settings settings = read(Map.of("ANNOUNCED_IP", "203.0.113.1", "MEDIASOUP_ANNOUNCED_IP", "203.0.113.2"));

        assertEquals(
                new Announcement.Instead(List.of("203.0.113.1")),
                settings.media().announcement());
    }

    @Test
    void announcesSeveralAddressesOrOneForEachListenedOn() {
        assertEquals(
                new Announcement.Instead(List.of("203.0.113.1", "2001:db8:0:0:0:0:0:1")),
                announcement("ANNOUNCED_IP", "203.0.113.1, 2001:db8::1"));

        Settings settings = read(Map.of(
                "MEDIASOUP_LISTEN_IP", "10.0.0.5, 10.0.0.6",
                "ANNOUNCED_IP", "10.0.0.5=203.0.113.5, 10.0.0.6=203.0.113.6"));
        assertEquals(List.of("10.0.0.5", "10.0.0.6"), settings.media().listenIps());
        assertEquals(
                new Announcement.Mapped(Map.of("10.0.0.5", "203.0.113.5", "10.0.0.6", "203.0.113.6")),
                settings.media().announcement());
        assertEquals(new Announcement.Own(), read(Map.of()).media().announcement());
    }

    @Test
    void asksForItsAddressThoseThatAreNamedForItOrTheClientsServers() {
        assertEquals(new Announcement.Discovered(List.of()), announcement("ANNOUNCED_IP", "auto"));
        assertEquals(
                new Announcement.Discovered(List.of("a.example.org:3478", "192.0.2.1:5000")),
                announcement("ANNOUNCED_IP", "auto", "ANNOUNCED_STUN", "a.example.org, 192.0.2.1:5000"));
        assertEquals(
                new Announcement.Discovered(List.of("s.example.org:3478", "t.example.org:99")),
                announcement(
                        "ANNOUNCED_IP", "auto",
                        "TURN_URLS",
                                "stun:s.example.org,turn:t.example.org:99?transport=udp,turns:t.example.org,"
                                        + "turn:t.example.org:80?transport=tcp",
                        "TURN_SECRET", "s"));
    }

    private static Announcement announcement(String... environment) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return read(variables).media().announcement();
    }

    @Test
    void takesMediaOverTcpUnlessToldNotTo() {
        assertTrue(read(Map.of()).media().tcp());
        assertFalse(read(Map.of("ICE_TCP", "false")).media().tcp());
    }

    @Test
    void shortensTheTimesOfTheTopology() {
        Settings settings = read(Map.of(
                "TOPOLOGY_MESH_MAX", "2",
                "TOPOLOGY_QUIET_MS", "500",
                "TOPOLOGY_CHANGE_INTERVAL_MS", "1000",
                "TOPOLOGY_RETURNS_PER_HOUR", "1000",
                "RECOVERY_WINDOW_MS", "3000",
                "SILENCE_MS", "100"));
        TopologySettings mansion = settings.rooms().type(RoomType.MANSION).topology();

        assertEquals(2, mansion.meshMax());
        assertEquals(Duration.ofMillis(500), mansion.quietFor());
        assertEquals(Duration.ofSeconds(1), mansion.changeInterval());
        assertEquals(1000, mansion.returnsPerHour());
        assertEquals(Duration.ofSeconds(3), settings.rooms().recoveryWindow());
        assertEquals(Duration.ofMillis(100), settings.rooms().silence());
        assertEquals(TopologySettings.defaults().commitTimeout(), mansion.commitTimeout());
    }

    @Test
    void setsWhatOneClientMayUse() {
        ServerLimits limits = read(Map.of(
                        "EVENTS_PER_SECOND", "7",
                        "EVENT_BURST", "8",
                        "CONNECTIONS_PER_ADDRESS", "0"))
                .limits();

        assertEquals(new Rate(7, 8), limits.socket().events());
        assertEquals(0, limits.use().open(OpenKind.CONNECTIONS));
        assertEquals(LimitOptions.defaults(), read(Map.of()).limits().socket());
        assertEquals(LimitSettings.defaults(), read(Map.of()).limits().use());
        assertEquals(ConnectionSettings.defaults(), read(Map.of()).limits().connections());
    }

    @Test
    void setsWhatAddressesUsersAndRoomsMayUse() {
        Settings settings = read(Map.ofEntries(
                entry("JOINS_PER_ADDRESS", "0.5/3"),
                entry("JOINS_PER_USER", "0"),
                entry("MESSAGES_PER_ROOM", "7/70"),
                entry("CONNECTS_PER_ADDRESS", "1/2"),
                entry("SOCKETS_PER_USER", "4"),
                entry("TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8, 192.0.2.1"),
                entry("HEADER_TIMEOUT_MS", "123"),
                entry("MAX_HEADER_BYTES", "1000"),
                entry("MAX_ROOMS", "9"),
                entry("PRODUCERS_PER_PARTICIPANT", "2"),
                entry("PRODUCERS_PER_ROOM", "3"),
                entry("KBPS_PER_PARTICIPANT", "500"),
                entry("KBPS_PER_ROOM", "0")));
        LimitSettings use = settings.limits().use();

        assertEquals(new Rate(0.5, 3), use.rate(LimitKind.JOINS, LimitScope.ADDRESS));
        assertEquals(Rate.UNLIMITED, use.rate(LimitKind.JOINS, LimitScope.IDENTITY));
        assertEquals(new Rate(7, 70), use.rate(LimitKind.MESSAGES, LimitScope.ROOM));
        assertEquals(new Rate(1, 2), use.rate(LimitKind.CONNECTIONS, LimitScope.ADDRESS));
        assertEquals(4, use.open(OpenKind.SOCKETS));
        assertEquals(3, settings.limits().trustedProxies().size());
        assertEquals(Duration.ofMillis(123), settings.limits().connections().headTimeout());
        assertEquals(1_000, settings.limits().connections().maxHeaderBytes());
        assertEquals(9, settings.rooms().limits().rooms());
        assertEquals(2, settings.rooms().limits().participant().producers());
        assertEquals(3, settings.media().limits().producers());
        assertEquals(500_000, settings.rooms().limits().publish().participantBps());
        assertEquals(0, settings.rooms().limits().publish().roomBps());
    }

    @Test
    void neverReturnsToAMeshLargerThanAMeshMayBe() {
        Settings settings = read(Map.of("TOPOLOGY_MESH_MAX", "0"));

        assertEquals(0, settings.rooms().type(RoomType.MANSION).topology().meshReturn());
        assertEquals(2, settings.rooms().type(RoomType.CINEMA).topology().meshMax());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT|abc|PORT is \"abc\", but may be whole numbers from 0 to 65535, separated by commas",
                "PORT|3000,70000|PORT is \"3000,70000\", but may be whole numbers from 0 to 65535, separated by commas",
                "ALLOWED_ORIGINS|*|ALLOWED_ORIGINS is \"*\", but may be origins such as https://example.org, separated by commas",
                "ANNOUNCED_IP|example.org|ANNOUNCED_IP is \"example.org\", but may be addresses separated by commas, or pairs local=public, or auto",
                "ANNOUNCED_IP|1.2.3.400|ANNOUNCED_IP is \"1.2.3.400\", but may be addresses separated by commas, or pairs local=public, or auto",
                "ANNOUNCED_IP|1.2.3.4,5.6.7.8=9.9.9.9|ANNOUNCED_IP is \"1.2.3.4,5.6.7.8=9.9.9.9\", but may be addresses separated by commas, or pairs local=public, or auto",
                "ANNOUNCED_IP|1.2.3.4=|ANNOUNCED_IP is \"1.2.3.4=\", but may be addresses separated by commas, or pairs local=public, or auto",
                "ANNOUNCED_STUN|http://example.org|ANNOUNCED_STUN is \"http://example.org\", but may be STUN servers such as stun.example.org:3478, separated by commas",
                "MEDIASOUP_LISTEN_IP|127.0.0.1,here|MEDIASOUP_LISTEN_IP is \"127.0.0.1,here\", but may be IPv4 or IPv6 addresses, separated by commas",
                "ICE_TCP|maybe|ICE_TCP is \"maybe\", but may be true or false",
                "MEDIASOUP_WORKERS|0|MEDIASOUP_WORKERS is \"0\", but may be a whole number from 1 to 256",
                "RTC_MIN_PORT|-1|RTC_MIN_PORT is \"-1\", but may be a whole number from 1 to 65535",
                "RTC_MAX_PORT|39999|RTC_MAX_PORT is \"39999\", but may be a port from RTC_MIN_PORT (40000) to 65535",
                "JWKS_URL|http://example.org/keys|JWKS_URL is \"http://example.org/keys\", but may be an https: URL, an http: one of this machine, or file:///path/of/a/file",
                "JWKS_URL|https://me:secret@example.org/|JWKS_URL is \"https://me:secret@example.org/\", but may be an https: URL, an http: one of this machine, or file:///path/of/a/file",
                "JWKS_URL|/keys.json|JWKS_URL is \"/keys.json\", but may be an https: URL, an http: one of this machine, or file:///path/of/a/file",
                "JWT_LEEWAY_MS|300001|JWT_LEEWAY_MS is \"300001\", but may be a whole number from 0 to 300000",
                "TOKEN_WARNING_MS|-1|TOKEN_WARNING_MS is \"-1\", but may be a whole number from 0 to 3600000",
                "TLS_CERT|/none|TLS_CERT and TLS_KEY belong together: set both, or neither for plain HTTP",
                "LOG_LEVEL|loud|LOG_LEVEL is \"loud\", but may be one of trace, debug, info, warn, error",
                "METRICS_OPEN|perhaps|METRICS_OPEN is \"perhaps\", but may be true or false",
                "TOPOLOGY_LOSS|2|TOPOLOGY_LOSS is \"2\", but may be a number from 0 to 1",
                "TOPOLOGY_LOSS|NaN|TOPOLOGY_LOSS is \"NaN\", but may be a number from 0 to 1",
                "TOPOLOGY_ABORT_MS|0|TOPOLOGY_ABORT_MS is \"0\", but may be a whole number of milliseconds from 1",
                "JOINS_PER_ROOM|20|JOINS_PER_ROOM is \"20\", but may be how many a second and how many at once, such as 20/500, or 0 for no limit",
                "JOINS_PER_ROOM|0/0|JOINS_PER_ROOM is \"0/0\", but may be how many a second and how many at once, such as 20/500, or 0 for no limit",
                "TRUSTED_PROXIES|10.0.0.0/8,proxy|TRUSTED_PROXIES is \"10.0.0.0/8,proxy\", but may be addresses and ranges of them such as 10.0.0.0/8, separated by commas",
                "TRUSTED_PROXIES|0.0.0.0/0|TRUSTED_PROXIES is \"0.0.0.0/0\", but may be addresses and ranges of them such as 10.0.0.0/8, separated by commas",
                "BODY_TIMEOUT_MS|0|BODY_TIMEOUT_MS is \"0\", but may be a whole number of milliseconds from 1",
                "TURN_URLS|example.org|TURN_URLS is \"example.org\", but may be URLs such as turn:turn.example.org:3478?transport=udp, separated by commas",
                "TURN_URLS|turn:turn.example.org|TURN_URLS names a TURN server: set TURN_SECRET, or TURN_USERNAME and TURN_PASSWORD, too"
            })
    void namesTheVariableWhatItWasAndWhatItMayBe(String name, String value, String line) {
        assertEquals(line, refusal(Map.of(name, value)));
    }

    @Test
    void refusesFewerPortsThanWorkers() {
        assertEquals(
                "RTC_MIN_PORT 50000 to RTC_MAX_PORT 50001 are fewer ports than 3 workers need",
                refusal(Map.of("RTC_MIN_PORT", "50000", "RTC_MAX_PORT", "50001", "MEDIASOUP_WORKERS", "3")));
    }

    @Test
    void readsAFileAndPrefersTheEnvironment() throws IOException {
        Path file = file("""
                port: [3001, 4000]
                log-level: debug
                rtc:
                  min-port: 50000
                topology: {mesh_max: 2}
                """);
        Settings settings =
                Settings.read(List.of("--config", file.toString()), Map.of("LOG_LEVEL", "error", "RTC_MIN_PORT", " "));

        assertEquals(List.of(3001, 4000), settings.http().ports());
        assertEquals("error", settings.logLevel());
        assertEquals(50_000, settings.media().minPort());
        assertEquals(2, settings.rooms().type(RoomType.MANSION).topology().meshMax());
    }

    @Test
    void saysInOneLineWhatIsWrongWithAFile() throws IOException {
        assertTrue(fileRefusal("port: [1").startsWith("the configuration file "));
        assertEquals(1, fileRefusal("port: [1").lines().count());
        assertTrue(fileRefusal("- 1").endsWith("is not a map of settings"));
        assertEquals(
                "PORTS is set in the configuration file, but there is no such setting", fileRefusal("ports: 3000"));
        assertEquals(
                "PORT is \"x\", but may be whole numbers from 0 to 65535, separated by commas", fileRefusal("port: x"));
        assertTrue(refusal(List.of("--config", directory.resolve("none.yaml").toString()), Map.of())
                .endsWith("cannot be read"));
    }

    @Test
    void refusesUnknownOptions() {
        assertEquals(
                "there is no option --port, only --insecure and --config FILE", refusal(List.of("--port"), Map.of()));
        assertEquals("--config needs the name of a file", refusal(List.of("--config"), Map.of()));
    }

    @Test
    void keepsSecretsOutOfText() {
        Settings settings = read(Map.of(
                "JWT_SECRET", "s3cret",
                "TURN_URLS", "turn:turn.example.org",
                "TURN_SECRET", "s3cret"));

        assertFalse(settings.toString().contains("s3cret"));
    }

    private static Settings read(Map<String, String> environment) {
        return Settings.read(List.of(), environment);
    }

    private static String refusal(Map<String, String> environment) {
        return refusal(List.of(), environment);
    }

    private static String refusal(List<String> arguments, Map<String, String> environment) {
        return assertThrows(SettingsException.class, () -> Settings.read(arguments, environment))
                .getMessage();
    }

    private String fileRefusal(String content) throws IOException {
        return refusal(List.of("--config", file(content).toString()), Map.of());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("foyer.yaml"), content);
    }
}
