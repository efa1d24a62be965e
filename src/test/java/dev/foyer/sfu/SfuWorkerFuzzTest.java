package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.protocol.ice.TransportProtocol;
import dev.foyer.protocol.rtp.RtpBytes;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * The input is what arrives at the worker's port from an address that has proved nothing: datagrams, each behind its
 * length of 16 bits. Nothing is sent back and nothing stays; each datagram is counted, once.
 */
class SfuWorkerFuzzTest implements FuzzTarget {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_001);

    private final ConnectionBench bench = new ConnectionBench();
    private final int[] sent = {0};
    private final SfuWorker worker = ConnectionBench.worker((_, _, _, _) -> sent[0]++);
    private final PacketPort port = worker.addPort(TransportProtocol.UDP, LOCAL);
    private final TransportParameters transport = worker.openRouter(
                    new RouterSettings(ForwardingBench.ROUTER, RouterLimits.DEFAULT), bench.listener())
            .createTransport();

    @Override
    public List<byte[]> corpus() {
        String fragment = transport.iceParameters().usernameFragment();
        byte[] check = ConnectivityCheck.nominating(fragment, "wrong".repeat(6), 1);
        byte[] nobody = ConnectivityCheck.nominating("nobody", "wrong".repeat(6), 2);
        byte[] media = new RtpBytes().payload("90E09267 2AA30000").build();
        byte[] report = hex("80C90001 11223344");
        byte[] hello = hex("16 FEFD 0000 000000000000 0010 01000004 0000 000000 000004 FEFD0102");
        byte[] channel = hex("40000004 01020304");
        return List.of(
                framed(check, nobody), framed(media, report), framed(hello, channel), framed(media, check, hello));
    }

    @Override
    public Object examine(byte[] input) {
        int load = worker.load();
        long before = counted();
        int datagrams = 0;
        sent[0] = 0;
        byte[] scratch = new byte[2048];
        new Random(input.length).nextBytes(scratch);
        int at = 0;
        while (at + 2 <= input.length) {
            int announced = (input[at] & 0xFF) << 8 | (input[at + 1] & 0xFF);
            int length = Math.min(Math.min(announced, 1500), input.length - at - 2);
            System.arraycopy(input, at + 2, scratch, 100, length);
            worker.receive(port, STRANGER, scratch, 100, length, 0);
            datagrams++;
            at += 2 + length;
        }
        assertEquals(0, sent[0], "something was sent back");
        assertEquals(load, worker.load());
        assertNull(port.path(STRANGER));
        assertEquals(datagrams, counted() - before, "datagrams that are not counted, or twice");
        return Math.min(datagrams, 20);
    }

    private long counted() {
        SfuCounters counters = worker.counters();
        return counters.malformed() + counters.unknownTuple() + counters.stunReceived();
    }

    private static byte[] framed(byte[]... datagrams) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] datagram : datagrams) {
            all.write(datagram.length >> 8);
            all.write(datagram.length);
            all.writeBytes(datagram);
        }
        return all.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
