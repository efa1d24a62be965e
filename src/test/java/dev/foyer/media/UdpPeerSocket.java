package dev.foyer.media;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Datagrams from one loopback port. */
final class UdpPeerSocket implements PeerSocket {
    private final DatagramSocket socket;

    UdpPeerSocket() throws SocketException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public void send(byte[] buffer, int offset, int length, InetSocketAddress server) throws IOException {
        socket.send(new DatagramPacket(buffer, offset, length, server));
    }

    @Override
    public int receive(byte[] buffer) throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        return packet.getLength();
    }

    @Override
    public String protocol() {
        return "udp";
    }

    @Override
    public void close() {
        socket.close();
    }
}
