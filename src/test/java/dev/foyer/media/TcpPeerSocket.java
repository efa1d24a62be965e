package dev.foyer.media;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Frames over one connection, opened with the first packet (RFC 4571). */
final class TcpPeerSocket implements PeerSocket {
    private final Socket socket = new Socket();
    private final CompletableFuture<DataInputStream> opened = new CompletableFuture<>();

    @Override
    public void send(byte[] buffer, int offset, int length, InetSocketAddress server) throws IOException {
        if (!socket.isConnected()) {
            socket.setTcpNoDelay(true);
            socket.connect(server);
            opened.complete(new DataInputStream(socket.getInputStream()));
        }
        socket.getOutputStream()
                .write(ByteBuffer.allocate(2 + length)
                        .putShort((short) length)
                        .put(buffer, offset, length)
                        .array());
    }

    @Override
    public int receive(byte[] buffer) throws IOException {
        try {
            DataInputStream in = opened.get();
            int length = in.readUnsignedShort();
            in.readFully(buffer, 0, length);
            return length;
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public String protocol() {
        return "tcp";
    }

    @Override
    public void close() throws IOException {
        opened.completeExceptionally(new IOException("closed"));
        socket.close();
    }
}
