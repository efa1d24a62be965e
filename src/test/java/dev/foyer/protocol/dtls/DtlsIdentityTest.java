package dev.foyer.protocol.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.protocol.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who and what a {@link DtlsSession} refuses. */
@Timeout(60)
class DtlsIdentityTest {
    private static final List<CertificateFingerprint> OURS = List.of(End.OURS.sha256());
    private static final List<CertificateFingerprint> THEIRS = List.of(End.THEIRS.sha256());

    private final Loop loop = new Loop();
    private final End server = new End(loop, End.OURS);
    private final End client = new End(loop, End.THEIRS);

    @Test
    void failsWithoutACommonProfile() {
        End gcm = new End(loop, End.OURS, SrtpProfile.AEAD_AES_128_GCM);
        End cm = new End(loop, End.THEIRS, SrtpProfile.AES128_CM_HMAC_SHA1_80);
        shakeHands(gcm, cm);

        assertEquals(DtlsFailure.NO_SRTP_PROFILE, gcm.failure);
        assertEquals(DtlsFailure.ALERT_RECEIVED, cm.failure);
        assertNull(gcm.keys);
        assertAllThreadsEnd(gcm, cm);
    }

    @Test
    void refusesAClientWithAnotherCertificate() {
        End.join(loop, server, client);
        server.session.start(DtlsRole.SERVER, OURS);
        client.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(() -> server.isOver() && client.isOver());

        assertEquals(DtlsFailure.FINGERPRINT_MISMATCH, server.failure);
        assertEquals(DtlsFailure.ALERT_RECEIVED, client.failure);
    }

    @Test
    void refusesAClientWithoutCertificate() {
        new BareClient(loop, server).start();
        server.session.start(DtlsRole.SERVER, THEIRS);
        loop.runUntil(server::isOver);

        assertEquals(DtlsFailure.NO_CERTIFICATE, server.failure);
    }

    @Test
    void refusesAClientThatDoesNotAskForSrtp() {
        BareClient plain = new BareClient(loop, server) {
            @Override
            boolean asksForSrtp() {
                return false;
            }
        };
        plain.start();
        server.session.start(DtlsRole.SERVER, THEIRS);
        loop.runUntil(server::isOver);

        assertEquals(DtlsFailure.NO_SRTP_PROFILE, server.failure);
    }

    @Test
    void refusesAClientWithoutExtendedMasterSecret() {
        BareClient old = new BareClient(loop, server) {
            @Override
            public boolean shouldUseExtendedMasterSecret() {
                return false;
            }
        };
        old.start();
        server.session.start(DtlsRole.SERVER, THEIRS);
        loop.runUntil(server::isOver);

        assertEquals(DtlsFailure.PROTOCOL_ERROR, server.failure);
    }

    @Test
    void refusesAServerWithAnotherCertificate() {
        End.join(loop, server, client);
        server.session.start(DtlsRole.SERVER, THEIRS);
        client.session.start(DtlsRole.CLIENT, THEIRS);
        loop.runUntil(() -> server.isOver() && client.isOver());

        assertEquals(DtlsFailure.FINGERPRINT_MISMATCH, client.failure);
        assertEquals(DtlsFailure.ALERT_RECEIVED, server.failure);
        assertFalse(server.session.isConnected());
    }

    @Test
    void refusesEverybodyWithoutAFingerprintThatItCanVerify() {
        End.join(loop, server, client);
        server.session.start(DtlsRole.SERVER, List.of(new CertificateFingerprint("md5", "00:11")));
        client.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(() -> server.isOver());

        assertEquals(DtlsFailure.FINGERPRINT_MISMATCH, server.failure);
    }

    @Test
    void acceptsAnyOfSeveralFingerprintsInEitherCase() {
        CertificateFingerprint sha512 = End.THEIRS.fingerprints().getLast();
        List<CertificateFingerprint> several = List.of(
                End.OURS.sha256(),
                new CertificateFingerprint("made-up", "00"),
                new CertificateFingerprint("SHA-512", sha512.value().toLowerCase(Locale.ROOT)));
        End.join(loop, server, client);
        server.session.start(DtlsRole.SERVER, several);
        client.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(() -> server.isOver() && client.isOver());

        assertTrue(server.session.isConnected());
    }

    private void shakeHands(End passive, End active) {
        End.join(loop, passive, active);
        passive.session.start(DtlsRole.SERVER, THEIRS);
        active.session.start(DtlsRole.CLIENT, OURS);
        loop.runUntil(() -> passive.isOver() && active.isOver());
    }

    private static void assertAllThreadsEnd(End... ends) {
        for (End end : ends) {
            assertEquals(1, end.threads.size());
            assertTrue(join(end.threads.getFirst()), "a handshake thread is left");
        }
    }

    private static boolean join(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
