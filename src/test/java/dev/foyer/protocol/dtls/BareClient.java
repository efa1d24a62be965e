package dev.foyer.protocol.dtls;

import dev.foyer.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A DTLS client that breaks WebRTC's rules as the test says: without certificate, without SRTP, ... */
class BareClient extends DefaultTlsClient {
    private static final int PRIVATE_EXTENSION = 0xFF77;

    private final List<byte[]> sent = new ArrayList<>();
    private final DatagramQueue queue;
    private boolean closing;

    BareClient(Loop loop, End server) {
        super(new BcTlsCrypto(End.RANDOM));
        queue = new DatagramQueue((buffer, offset, length) -> {
            sent.add(Arrays.copyOfRange(buffer, offset, offset + length));
            for (byte[] datagram : wire(sent)) {
                loop.execute(() -> server.session.receive(datagram, 0, datagram.length));
            }
        });
        server.peer = datagram -> queue.offer(datagram, 0, datagram.length);
    }

    /** What arrives when the last of these was sent. */
    List<byte[]> wire(List<byte[]> allSent) {
        return List.of(allSent.getLast());
    }

    /** Bytes of an extension that no server knows. */
    int padding() {
        return 0;
    }

    BareClient closeOnceConnected() {
        closing = true;
        return this;
    }

    /** Shakes hands on a thread of its own. */
    void start() {
        Thread.ofVirtual().start(() -> {
            try {
                DTLSTransport connection = new DTLSClientProtocol().connect(this, queue);
                if (closing) {
                    connection.close();
                }
            } catch (IOException _) {
                // The server's verdict is what counts.
            }
        });
    }

    TlsCredentials credentials() throws IOException {
        return null;
    }

    /** Credentials with which the server is content. */
    TlsCredentials properCredentials() throws IOException {
        return new PeerIdentity((BcTlsCrypto) getCrypto(), End.THEIRS, List.of()).credentials(context);
    }

    boolean asksForSrtp() {
        return true;
    }

    int cipherSuite() {
        return CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {cipherSuite()};
    }

    // BouncyCastle's interfaces have raw tables: from extension number to body.
    @SuppressWarnings({"rawtypes", "unchecked"})
    @Override
    public Hashtable getClientExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        if (asksForSrtp()) {
            int[] profiles = {SrtpProfile.AEAD_AES_128_GCM.id()};
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        }
        if (padding() > 0) {
            extensions.put(PRIVATE_EXTENSION, new byte[padding()]);
        }
        return extensions;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                byte[] der = certificate.getCertificate().getCertificateAt(0).getEncoded();
                if (!End.OURS.sha256().matches(der)) {
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return credentials();
            }
        };
    }
}
