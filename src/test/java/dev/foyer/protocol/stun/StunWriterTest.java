package dev.foyer.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.UnknownAttributesAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.junit.jupiter.api.Test;

class StunWriterTest {
    private final StunReader request = new StunReader();
    private final StunWriter writer = new StunWriter();

    @Test
    void tellsAddressesAsRfc5769Does() throws Exception {
        wrapRequest(StunVectors.REQUEST);
        int length = writer.success(request, address("192.0.2.1"), StunVectors.KEY);
        assertArrayEquals(slice(StunVectors.IPV4_RESPONSE, 36, 12), slice(writer.buffer(), 20, 12));
        verified(length);

        length = writer.success(request, address("2001:db8:1234:5678:11:2233:4455:6677"), StunVectors.KEY);
        assertArrayEquals(slice(StunVectors.IPV6_RESPONSE, 36, 24), slice(writer.buffer(), 20, 24));
        verified(length);
    }

    @Test
    void ice4jReadsTheMappedAddress() throws Exception {
        wrapRequest(StunVectors.REQUEST);
        for (String address : new String[] {"192.0.2.1", "2001:db8::1"}) {
            Message reply = decode(writer.success(request, address(address), StunVectors.KEY));
            var mapped = (XorMappedAddressAttribute) reply.getAttribute(Attribute.XOR_MAPPED_ADDRESS);
            assertEquals(address(address), mapped.getAddress(reply.getTransactionID()));
            assertArrayEquals(slice(StunVectors.REQUEST, 8, 12), reply.getTransactionID());
            assertEquals(Message.BINDING_SUCCESS_RESPONSE, reply.getMessageType());
        }
    }

    @Test
    void ice4jReadsTheErrors() throws Exception {
        byte[] unknown = Arrays.copyOf(StunVectors.REQUEST, 32);
        unknown[3] = 12;
        System.arraycopy(
                new byte[] {0x7F, (byte) 0xF1, 0, 0, 0x7F, (byte) 0xF2, 0, 0, 0x7F, 1, 0, 0}, 0, unknown, 20, 12);
        wrapRequest(unknown);

        Message reply = decode(writer.error(request, 420, "Unknown Attribute", StunVectors.KEY));

        assertEquals(Message.BINDING_ERROR_RESPONSE, reply.getMessageType());
        var error = (ErrorCodeAttribute) reply.getAttribute(Attribute.ERROR_CODE);
        assertEquals(4, error.getErrorClass());
        assertEquals(20, error.getErrorNumber());
        assertEquals("Unknown Attribute", error.getReasonPhrase());
        var listed = (UnknownAttributesAttribute) reply.getAttribute(Attribute.UNKNOWN_ATTRIBUTES);
        assertEquals(3, listed.getAttributeCount());
        assertTrue(listed.contains((char) 0x7FF2));
    }

    private void wrapRequest(byte[] message) {
        assertTrue(request.wrap(message, 0, message.length));
    }

    private Message decode(int length) throws Exception {
        verified(length);
        return Message.decode(writer.buffer(), 0, length);
    }

    private void verified(int length) {
        StunReader reply = new StunReader();
        assertTrue(reply.wrap(writer.buffer(), 0, length));
        assertTrue(reply.fingerprintFits());
        assertTrue(reply.integrityFits(StunVectors.KEY));
    }

    private static InetSocketAddress address(String ip) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(ip), 32853);
    }

    private static byte[] slice(byte[] array, int from, int length) {
        return Arrays.copyOfRange(array, from, from + length);
    }
}
