package dev.foyer.protocol.dtls;

import dev.foyer.protocol.srtp.SrtpProfile;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * What tests vary of a session.
 *
 * @param profiles SRTP profiles to accept, the preferred first
 * @param timeoutMillis bound of the handshake
 * @param threads makes the handshake's thread
 */
record DtlsOptions(List<SrtpProfile> profiles, int timeoutMillis, ThreadFactory threads) {
    static final DtlsOptions DEFAULT = new DtlsOptions(
            List.of(SrtpProfile.values()),
            DtlsSession.HANDSHAKE_TIMEOUT_MILLIS,
            Thread.ofVirtual().name("dtls-handshake").factory());
}
