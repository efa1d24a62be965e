package dev.foyer.protocol.dtls;

import dev.foyer.protocol.srtp.SrtpKeys;
import dev.foyer.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The {@code use_srtp} extension of one handshake (RFC 5764 section 4.1), without MKI. */
final class SrtpNegotiation {
    private final PeerIdentity identity;
    private final boolean client;
    private final List<SrtpProfile> profiles;
    private @Nullable SrtpProfile chosen;
    private @Nullable SrtpKeys keys;
    private int cipherSuite;

    /**
     * @param profiles those to accept, the preferred first
     */
    SrtpNegotiation(PeerIdentity identity, boolean client, List<SrtpProfile> profiles) {
        this.identity = identity;
        this.client = client;
        this.profiles = profiles;
    }

    /** As a client: offers the profiles, the preferred first. */
    void offer(Hashtable<Integer, byte[]> extensions) throws IOException {
        int[] ids = profiles.stream().mapToInt(SrtpProfile::id).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES));
    }

    /**
     * Reads the peer's extension: as a server chooses our first among those offered, as a client takes what the server
     * chose.
     */
    void read(@Nullable Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData data = TlsSRTPUtils.getUseSRTPExtension(extensions);
        int[] theirs = data == null ? new int[0] : data.getProtectionProfiles();
        boolean readable = client ? theirs.length == 1 : theirs.length > 0;
        for (SrtpProfile profile : profiles) {
            if (readable && Arrays.stream(theirs).anyMatch(id -> id == profile.id())) {
                chosen = profile;
                return;
            }
        }
        throw identity.refuse(DtlsFailure.NO_SRTP_PROFILE, AlertDescription.handshake_failure);
    }

    /** As a server: answers with the chosen one. */
    void answer(Hashtable<Integer, byte[]> extensions) throws IOException {
        if (chosen != null) {
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {chosen.id()}, TlsUtils.EMPTY_BYTES));
        }
    }

    /** Derives the keys; call while BouncyCastle reports completion, which is when the master secret is there. */
    void export(TlsContext context) throws IOException {
        if (chosen == null) {
            throw identity.refuse(DtlsFailure.NO_SRTP_PROFILE, AlertDescription.handshake_failure);
        }
        byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, chosen.exportedLength());
        keys = SrtpKeys.ofExported(chosen, material, client);
        Arrays.fill(material, (byte) 0);
        cipherSuite = context.getSecurityParametersConnection().getCipherSuite();
    }

    /** The suite that was agreed on, once there are keys. */
    int cipherSuite() {
        return cipherSuite;
    }

    @Nullable
    SrtpKeys keys() {
        return keys;
    }
}
