package dev.foyer.app.doctor;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Requests and answers over UDP, sent again when nothing comes, or over TCP or TLS, where a message tells its length. */
abstract sealed class SocketExchange implements TurnClient.Exchange, Closeable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int MOST = 1_500;

    /** A lost datagram costs a moment; a server that does not answer costs two seconds. */
    private static final int[] WAITS_MILLIS = {300, 600, 1_100};

    /**
     * Reaches a server.
     *
     * @throws IOException when it cannot be reached, with a text for people
     */
    static SocketExchange open(TurnUrl url) throws IOException {
        InetSocketAddress server = new InetSocketAddress(url.host(), url.port());
        if (server.isUnresolved()) {
            throw new IOException("no such host");
        }
        return url.transport() == TurnUrl.Transport.UDP ? new Datagrams(server) : new Stream(url, server);
    }

    private static final class Datagrams extends SocketExchange {
        private final DatagramSocket socket = new DatagramSocket();

        Datagrams(InetSocketAddress server) throws IOException {
            socket.connect(server);
        }

        @Override
        public @Nullable StunMessage ask(StunMessage request) throws IOException {
            byte[] bytes = request.bytes();
            for (int wait : WAITS_MILLIS) {
                socket.setSoTimeout(wait);
                socket.send(new DatagramPacket(bytes, bytes.length));
                DatagramPacket packet = new DatagramPacket(new byte[MOST], MOST);
                try {
                    socket.receive(packet);
                    StunMessage answer = StunMessage.read(packet.getData(), packet.getLength());
                    if (answer != null && answer.answers(request)) {
                        return answer;
                    }
                } catch (SocketTimeoutException _) {
                    // The next try.
                }
            }
            return null;
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static final class Stream extends SocketExchange {
        private final Socket socket;

        Stream(TurnUrl url, InetSocketAddress server) throws IOException {
            Socket plain = new Socket();
            try {
                plain.connect(server, CONNECT_MILLIS);
                plain.setSoTimeout(CONNECT_MILLIS);
                socket = url.transport() == TurnUrl.Transport.TLS ? secure(plain, url) : plain;
            } catch (IOException e) {
                plain.close();
                throw e;
            }
        }

        private static Socket secure(Socket plain, TurnUrl url) throws IOException {
            SSLSocket secure = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                    .createSocket(plain, url.host(), url.port(), true);
            // Browsers check the name, too.
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        }

        @Override
        public @Nullable StunMessage ask(StunMessage request) throws IOException {
            socket.getOutputStream().write(request.bytes());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] message = new byte[StunMessage.HEADER];
            in.readFully(message);
            int length = ((message[2] & 0xFF) << 8) | (message[3] & 0xFF);
            message = Arrays.copyOf(message, StunMessage.HEADER + length);
            in.readFully(message, StunMessage.HEADER, length);
            StunMessage answer = StunMessage.read(message, message.length);
            return answer != null && answer.answers(request) ? answer : null;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
