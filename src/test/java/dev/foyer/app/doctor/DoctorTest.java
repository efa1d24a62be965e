package dev.foyer.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.app.doctor.Finding.Grade;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
    private static final String TURN = "turn:turn.example.org:3478?transport=udp";

    private final FakeFacts facts = new FakeFacts();
    private List<String> announced = List.of("198.51.100.7");
    private String relay = TURN;
    private boolean publicly = true;
    private int workers = 4;

    @Test
    void findsNothingToDoOnAHealthyMachineButTheFirewall() {
        List<Finding> findings = examine();

        assertEquals(
                Set.of("firewall"),
                findings.stream()
                        .filter(finding -> finding.grade() != Grade.OK)
                        .map(Finding::subject)
                        .collect(Collectors.toSet()));
        assertEquals(
                "open TCP 3000, and UDP and TCP 40000 to 40100 (4 of them are used)",
                of(findings, "firewall").advice());
    }

    @Test
    void everyFindingSaysWhatToDoUnlessAllIsWell() {
        for (int illness = 0; illness < 4; illness++) {
            facts.files.clear();
            facts.programs.clear();
            facts.segments = illness % 2 == 0 ? null : Boolean.FALSE;
            facts.turn = illness < 2 ? new TurnOutcome.Silent("no answer") : new TurnOutcome.Refused(486, "Quota");
            facts.tcp.put(3000, illness < 3 ? Facts.Bind.TAKEN : Facts.Bind.FORBIDDEN);
            announced = illness % 2 == 0 ? List.of() : List.of("127.0.0.1");
            for (Finding finding : examine()) {
                assertEquals(finding.grade() == Grade.OK, finding.advice() == null, finding::toString);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TAKEN,set PORT", "NO_ADDRESS,set HOST", "FORBIDDEN,security module"})
    void seesThatThePortCannotBeListenedOn(Facts.Bind bind, String advice) {
        facts.tcp.put(3000, bind);

        assertFinding(Grade.FAILURE, "TCP 3000", advice);
    }

    @Test
    void takesARunningFoyerForWhatItIs() {
        facts.tcp.put(3000, Facts.Bind.TAKEN);
        facts.foyers.add(3000);
        facts.takeUdp(40_000, 40_100);

        assertEquals("a Foyer answers there", of(examine(), "TCP 3000").text());
        assertEquals(Grade.OK, of(examine(), "UDP 40000-40100").grade());
    }

    @Test
    void countsThePortsOfMedia() {
        facts.takeUdp(40_000, 40_096);
        assertEquals(Grade.OK, of(examine(), "UDP 40000-40100").grade());

        facts.takeUdp(40_097, 40_097);
        Finding few = assertFinding(Grade.FAILURE, "UDP 40000-40100", "RTC_MIN_PORT");
        assertEquals("only 3 of the 4 that are needed are free", few.text());

        facts.udp = Facts.Bind.NO_ADDRESS;
        assertFinding(Grade.FAILURE, "UDP 40000-40100", "MEDIASOUP_LISTEN_IP");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7,OK",
        "203.0.113.9,OK",
        "10.0.0.9,WARNING",
        "100.64.0.1,WARNING",
        "fd00::1,WARNING",
        "127.0.0.1,FAILURE",
        "0.0.0.0,FAILURE",
        "224.0.0.1,FAILURE",
        "nowhere.example.org,FAILURE"
    })
    void judgesTheAnnouncedAddress(String address, Grade grade) {
        announced = List.of(address);

        assertEquals(grade, of(examine(), "address").grade());
    }

    @Test
    void warnsWhenOnlyPrivateAddressesAreTold() {
        announced = List.of();
        assertEquals(Grade.OK, of(examine(), "address").grade());

        facts.addresses = List.of(InetAddress.ofLiteral("192.168.1.2"), InetAddress.ofLiteral("fe80::1"));
        assertFinding(Grade.WARNING, "address", "ANNOUNCED_IP");

        announced = List.of("192.168.1.2");
        assertFinding(Grade.NOTE, "address", "ANNOUNCED_IP");
    }

    @Test
    void asksForNoPublicAddressWhileOnlyThisMachineIsServed() {
        publicly = false;
        announced = List.of();
        facts.addresses = List.of();

        assertEquals(Grade.OK, of(examine(), "address").grade());
        assertTrue(examine().stream().noneMatch(finding -> finding.subject().equals("firewall")));
    }

    @Test
    void asksTurnWithTheCredentialsThatClientsGet() {
        assertEquals(Grade.OK, of(examine(), TURN).grade());
        assertEquals(1, facts.asked.size());
        assertTrue(facts.asked.getFirst().endsWith(" user password"), facts.asked::toString);

        relay = "stun:stun.example.org";
        var _ = examine();
        assertTrue(facts.asked.getLast().endsWith(" null null"), facts.asked::toString);
        assertFinding(Grade.NOTE, "TURN", "TURN_URLS");
    }

    @Test
    void saysWhyTurnDoesNotWork() {
        facts.turn = new TurnOutcome.Refused(401, "Unauthorized");
        assertFinding(Grade.FAILURE, TURN, "TURN_SECRET");

        facts.turn = new TurnOutcome.Silent("no answer");
        assertFinding(Grade.FAILURE, TURN, "UDP 3478");

        relay = "turn:turn.example.org?transport=sctp";
        assertFinding(Grade.FAILURE, relay, "turns:");
    }

    @Test
    void noticesThatTheInternetSeesAnotherAddress() {
        facts.turn = new TurnOutcome.Works(InetAddress.ofLiteral("203.0.113.80"));

        assertFinding(Grade.WARNING, TURN, "ANNOUNCED_IP=203.0.113.80");
    }

    @Test
    void looksAtLimitsOfTheKernel() {
        facts.files.put("/proc/self/limits", "Max open files            1024    4096   files\n");
        assertFinding(Grade.WARNING, "open files", "LimitNOFILE");

        facts.files.put("/proc/sys/net/core/rmem_max", "212992\n");
        Finding buffer = assertFinding(Grade.WARNING, "net.core.rmem_max", "sysctl -w net.core.rmem_max=4194304");
        assertTrue(buffer.text().contains("212992"), buffer.text());

        facts.files.remove("/proc/sys/net/core/wmem_max");
        assertEquals(Grade.NOTE, of(examine(), "net.core.wmem_max").grade());
    }

    @ParameterizedTest
    @ValueSource(strings = {"flags : fpu aes pclmulqdq", "Features\t: fp asimd aes pmull sha1"})
    void knowsProcessorsThatEncrypt(String line) {
        facts.files.put("/proc/cpuinfo", line + "\n");
        assertEquals(Grade.OK, of(examine(), "CPU").grade());
    }

    @Test
    void warnsOfProcessorsThatDoNotEncrypt() {
        facts.files.put("/proc/cpuinfo", "flags : fpu sse2\n");
        assertFinding(Grade.WARNING, "CPU", "machine type");
    }

    @Test
    void warnsOfMoreWorkersThanProcessors() {
        workers = 9;
        assertFinding(Grade.WARNING, "processors", "MEDIASOUP_WORKERS to 4");
    }

    @Test
    void looksAtTheClock() {
        facts.programs.put("timedatectl", "no\n");
        assertFinding(Grade.WARNING, "clock", "set-ntp");

        facts.programs.remove("timedatectl");
        assertFinding(Grade.NOTE, "clock", "host");

        facts.programs.put("chronyc", "Leap status     : Normal\n");
        assertEquals(Grade.OK, of(examine(), "clock").grade());

        facts.stray = 21;
        assertFinding(Grade.WARNING, "clock", "two programs");

        facts.wallMillis = 0;
        assertFinding(Grade.FAILURE, "clock", "NTP");
    }

    @Test
    void canDoWithoutFfmpeg() {
        assertEquals("ffmpeg version 7.1", of(examine(), "FFmpeg").text());
        facts.programs.remove("ffmpeg");
        assertFinding(Grade.NOTE, "FFmpeg", "install");
    }

    @ParameterizedTest
    @CsvSource({
        "stun:a.example.org, false UDP a.example.org 3478",
        "turn:10.0.0.1:99, true UDP 10.0.0.1 99",
        "turn:[2001:db8::1]:99?transport=tcp, true TCP 2001:db8::1 99",
        "turns:a.example.org, true TLS a.example.org 5349",
        "turns:a.example.org?transport=udp, ",
        "turn:a:0, ",
        "turn:a:99999, ",
        "http:a, "
    })
    void readsUrls(String text, String expected) {
        TurnUrl url = TurnUrl.parse(text);
        if (expected == null) {
            assertNull(url);
        } else {
            assertNotNull(url);
            assertEquals(expected, "%s %s %s %d".formatted(url.relay(), url.transport(), url.host(), url.port()));
        }
    }

    private List<Finding> examine() {
        return Doctor.examine(
                new Surroundings(
                        "0.0.0.0",
                        List.of(3000),
                        publicly,
                        "0.0.0.0",
                        announced,
                        40_000,
                        40_100,
                        workers,
                        4_194_304,
                        List.of(new Surroundings.Relay(relay, "user", "password"))),
                facts);
    }

    private Finding assertFinding(Grade grade, String subject, String advice) {
        Finding finding = of(examine(), subject);
        assertEquals(grade, finding.grade(), finding::toString);
        assertTrue(String.valueOf(finding.advice()).contains(advice), finding::toString);
        return finding;
    }

    private static Finding of(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(subject + " in " + findings));
    }
}
