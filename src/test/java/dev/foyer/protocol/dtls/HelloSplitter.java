package dev.foyer.protocol.dtls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Sends a client's first ClientHello as two records in two datagrams, as Chromium does, and lets the test arrange them.
 * Later records of epoch 0 are numbered one higher to make room.
 */
final class HelloSplitter implements Function<byte[], List<byte[]>> {
    private static final int RECORD_HEADER = 13;
    private static final int HANDSHAKE_HEADER = 12;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    private final UnaryOperator<List<byte[]>> arrangement;
    boolean splitOne;

    HelloSplitter(UnaryOperator<List<byte[]>> arrangement) {
        this.arrangement = arrangement;
    }

    @Override
    public List<byte[]> apply(byte[] datagram) {
        if (datagram[0] < 20 || datagram[0] > 63) {
            return List.of(datagram);
        }
        if (!splitOne && datagram[0] == HANDSHAKE && datagram[RECORD_HEADER] == CLIENT_HELLO) {
            splitOne = true;
            int body = datagram.length - RECORD_HEADER - HANDSHAKE_HEADER;
            return arrangement.apply(List.of(fragment(datagram, 0, body - 40), fragment(datagram, body - 40, 40)));
        }
        return List.of(renumbered(datagram));
    }

    private static byte[] fragment(byte[] hello, int from, int length) {
        byte[] fragment = Arrays.copyOf(hello, RECORD_HEADER + HANDSHAKE_HEADER + length);
        System.arraycopy(
                hello, RECORD_HEADER + HANDSHAKE_HEADER + from, fragment, RECORD_HEADER + HANDSHAKE_HEADER, length);
        ByteBuffer view = ByteBuffer.wrap(fragment);
        view.putInt(7, from == 0 ? 0 : 1);
        view.putShort(11, (short) (HANDSHAKE_HEADER + length));
        view.put(RECORD_HEADER + 6, (byte) 0).putShort(RECORD_HEADER + 7, (short) from);
        view.put(RECORD_HEADER + 9, (byte) 0).putShort(RECORD_HEADER + 10, (short) length);
        return fragment;
    }

    private static byte[] renumbered(byte[] datagram) {
        byte[] copy = datagram.clone();
        ByteBuffer view = ByteBuffer.wrap(copy);
        for (int at = 0; at + RECORD_HEADER <= copy.length; at += RECORD_HEADER + (view.getShort(at + 11) & 0xFFFF)) {
            if (view.getShort(at + 3) == 0) {
                view.putInt(at + 7, view.getInt(at + 7) + 1);
            }
        }
        return copy;
    }

    static List<byte[]> inOrder(List<byte[]> fragments) {
        return fragments;
    }

    static List<byte[]> swapped(List<byte[]> fragments) {
        return fragments.reversed();
    }

    static List<byte[]> duplicated(List<byte[]> fragments) {
        List<byte[]> twice = new ArrayList<>(fragments.reversed());
        twice.addAll(fragments);
        twice.addAll(fragments);
        return twice;
    }
}
