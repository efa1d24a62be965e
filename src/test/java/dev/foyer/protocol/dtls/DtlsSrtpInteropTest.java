package dev.foyer.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.ice.IceState;
import dev.foyer.protocol.srtp.SrtpProfile;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A call between a real libwebrtc and our agent, DTLS session and SRTP session over loopback UDP. */
@Tag("interop")
@Timeout(90)
class DtlsSrtpInteropTest {
    private static final long OUR_SSRC = 0xF00D_CAFEL;
    private static final int RECEIVER_REPORT = 201;
    private static final int SENDER_REPORT = 200;

    @ParameterizedTest
    @CsvSource({
        "SERVER, AEAD_AES_128_GCM",
        "CLIENT, AEAD_AES_128_GCM",
        "SERVER, AES128_CM_HMAC_SHA1_80",
        "CLIENT, AES128_CM_HMAC_SHA1_80"
    })
    void exchangesOpusAndReportsWithLibwebrtc(DtlsRole role, SrtpProfile profile) throws Exception {
        try (InteropServer server = new InteropServer(List.of(profile));
                InteropClient client = new InteropClient()) {
            String offer = client.offer();
            server.expect(role, fingerprint(offer));
            client.answer(answer(offer, server, role));

            assertEquals(profile, awaitConnected(server));

            long theirSsrc = Long.parseLong(find(offer, "a=ssrc:(\\d+) "));
            int payloadType = Integer.parseInt(find(offer, "a=rtpmap:(\\d+) opus/48000/2"));
            Set<Integer> sequenceNumbers = new HashSet<>();
            byte[] senderReport = null;
            RTCStats aboutUs = null;
            RTCStats fromUs = null;
            while (sequenceNumbers.size() < 100 || aboutUs == null || fromUs == null) {
                byte[] packet = server.rtp.poll(10, TimeUnit.SECONDS);
                assertNotNull(packet, "media stopped");
                ByteBuffer view = ByteBuffer.wrap(packet);
                assertEquals(payloadType, packet[1] & 0x7F);
                assertEquals(theirSsrc, view.getInt(8) & 0xFFFFFFFFL);
                assertTrue(packet.length > 12);
                assertTrue(sequenceNumbers.add(view.getShort(2) & 0xFFFF), "the same packet twice");
                view.putInt(8, (int) OUR_SSRC);
                server.sendRtp(packet);

                byte[] control = server.rtcp.poll();
                if (control != null) {
                    assertEquals(theirSsrc, ByteBuffer.wrap(control).getInt(4) & 0xFFFFFFFFL);
                    senderReport = (control[1] & 0xFF) == SENDER_REPORT ? control : senderReport;
                }
                if (senderReport != null && sequenceNumbers.size() % 25 == 0) {
                    server.sendRtcp(receiverReport(senderReport, sequenceNumbers.size()));
                    aboutUs = stats(client, RTCStatsType.REMOTE_INBOUND_RTP, "fractionLost");
                    fromUs = stats(client, RTCStatsType.INBOUND_RTP, "packetsReceived");
                }
            }
            assertEquals(OUR_SSRC, number(fromUs, "ssrc"));
            assertTrue(number(fromUs, "packetsReceived") > 0);
            assertEquals(theirSsrc, number(aboutUs, "ssrc"));
            assertEquals(0, server.refused());
        }
    }

    static Stream<UnaryOperator<List<byte[]>>> arrangements() {
        return Stream.of(HelloSplitter::inOrder, HelloSplitter::swapped, HelloSplitter::duplicated);
    }

    @ParameterizedTest
    @MethodSource("arrangements")
    void reassemblesLibwebrtcsHello(UnaryOperator<List<byte[]>> arrangement) throws Exception {
        try (InteropServer server = new InteropServer(List.of(SrtpProfile.values()));
                InteropClient client = new InteropClient()) {
            HelloSplitter splitter = new HelloSplitter(arrangement);
            server.network = splitter;
            String offer = client.offer();
            server.expect(DtlsRole.SERVER, fingerprint(offer));
            client.answer(answer(offer, server, DtlsRole.SERVER));

            assertEquals(SrtpProfile.AEAD_AES_128_GCM, awaitConnected(server));
            assertTrue(splitter.splitOne);
        }
    }

    @Test
    void learnsThatLibwebrtcHungUp() throws Exception {
        try (InteropServer server = new InteropServer(List.of(SrtpProfile.values()));
                InteropClient client = new InteropClient()) {
            String offer = client.offer();
            server.expect(DtlsRole.SERVER, fingerprint(offer));
            client.answer(answer(offer, server, DtlsRole.SERVER));
            assertEquals(SrtpProfile.AEAD_AES_128_GCM, awaitConnected(server));

            client.hangUp();

            assertEquals("closed", awaitEvent(server));
        }
    }

    @Test
    void refusesLibwebrtcWithAnotherFingerprint() throws Exception {
        try (InteropServer server = new InteropServer(List.of(SrtpProfile.values()));
                InteropClient client = new InteropClient()) {
            String offer = client.offer();
            server.expect(DtlsRole.SERVER, server.certificate.sha256());
            client.answer(answer(offer, server, DtlsRole.SERVER));

            assertEquals(DtlsFailure.FINGERPRINT_MISMATCH, awaitConnected(server));
        }
    }

    /** The first thing that DTLS says; before, the agent has said that there is a path. */
    private static Object awaitConnected(InteropServer server) throws InterruptedException {
        List<Object> before = new ArrayList<>();
        Object event = server.events.poll(20, TimeUnit.SECONDS);
        while (event instanceof IceState) {
            before.add(event);
            event = server.events.poll(20, TimeUnit.SECONDS);
        }
        assertTrue(before.contains(IceState.CONNECTED) || before.contains(IceState.COMPLETED), "no path: " + before);
        return event;
    }

    private static Object awaitEvent(InteropServer server) throws InterruptedException {
        Object event = server.events.poll(20, TimeUnit.SECONDS);
        while (event instanceof IceState) {
            event = server.events.poll(20, TimeUnit.SECONDS);
        }
        return event;
    }

    private static CertificateFingerprint fingerprint(String offer) {
        return new CertificateFingerprint("sha-256", find(offer, "a=fingerprint:sha-256 (\\S+)"));
    }

    private static String answer(String offer, InteropServer server, DtlsRole role) {
        String payloadType = find(offer, "a=rtpmap:(\\d+) opus/48000/2");
        String mid = find(offer, "a=mid:(\\S+)");
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=ice-lite",
                "a=group:BUNDLE " + mid,
                "a=msid-semantic: WMS *",
                "m=audio " + server.port() + " UDP/TLS/RTP/SAVPF " + payloadType,
                "c=IN IP4 127.0.0.1",
                "a=mid:" + mid,
                "a=sendrecv",
                "a=ice-ufrag:" + server.credentials.usernameFragment(),
                "a=ice-pwd:" + server.credentials.password(),
                "a=candidate:1 1 udp 2130706431 127.0.0.1 " + server.port() + " typ host",
                "a=end-of-candidates",
                "a=fingerprint:sha-256 " + server.certificate.sha256().value(),
                "a=setup:" + (role == DtlsRole.SERVER ? "passive" : "active"),
                "a=rtcp-mux",
                "a=rtcp-rsize",
                "a=rtpmap:" + payloadType + " opus/48000/2",
                "a=fmtp:" + payloadType + " minptime=10;useinbandfec=1",
                "a=msid:echo echo",
                "a=ssrc:" + OUR_SSRC + " cname:echo",
                "");
    }

    private static byte[] receiverReport(byte[] senderReport, int received) {
        ByteBuffer from = ByteBuffer.wrap(senderReport);
        return ByteBuffer.allocate(32)
                .put((byte) 0x81)
                .put((byte) RECEIVER_REPORT)
                .putShort((short) 7)
                .putInt((int) OUR_SSRC)
                .putInt(from.getInt(4))
                .putInt(0)
                .putInt(received)
                .putInt(0)
                .putInt(from.getInt(10))
                .putInt(1)
                .array();
    }

    private static RTCStats stats(InteropClient client, RTCStatsType type, String having) throws Exception {
        return client.stats().getStats().values().stream()
                .filter(stats ->
                        stats.getType() == type && stats.getAttributes().containsKey(having))
                .filter(stats -> type != RTCStatsType.INBOUND_RTP || number(stats, having) > 0)
                .findFirst()
                .orElse(null);
    }

    private static long number(RTCStats stats, String name) {
        return ((Number) stats.getAttributes().get(name)).longValue();
    }

    private static String find(String sdp, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(sdp);
        assertTrue(matcher.find(), pattern + " in " + sdp);
        return matcher.group(1);
    }
}
