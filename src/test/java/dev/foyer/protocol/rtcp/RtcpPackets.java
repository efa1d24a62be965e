package dev.foyer.protocol.rtcp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;

import dev.foyer.fuzz.Steps;
import dev.foyer.fuzz.Surroundings;
import java.util.List;

/** Compound packets with every type in them, from which fuzzers of this package start. */
final class RtcpPackets {
    private RtcpPackets() {}

    static List<byte[]> all() {
        return List.of(
                hex("81C8000C 11223344 E1234567 89ABCDEF 00010203 00000005 000003E8"
                        + "55667788 40FFFFFE 0001FFFF 00000011 456789AB 00010000"
                        + "82CA0007 00000001 0603466F 6F010161 00000000 00000002 01026262 00000000"),
                hex("81C90007 11223344 55667788 807FFFFF 00020001 00000011 00000000 00000000"
                        + "82CB0003 00000001 00000002 03627965 81CE0002 00000001 00000002"),
                hex("84CE0006 00000001 00000000 AABBCCDD FE000000 00000002 03000000"
                        + "81CD0004 00000001 00000002 FFFF8001 00100000"
                        + "8FCE0006 00000001 00000000 52454D42 020BFFFF 00000005 00000006"),
                hex("8FCD0008 00000001 00000002 FFF000EB FFFFFF07 00DD9F1C 01020304 05060708 00000000"),
                hex("8FCD0006 00000001 00000002 00050007 00000100 C684FFFF FE040000 00000000"),
                hex("A0C90002 11223344 00000004"),
                hex("80CB0000 81CA0000 80CA0000"));
    }

    /** Says what a type of packet shows, and writes it again if it can. */
    interface Look {
        Object at(RtcpReader reader);
    }

    /** What all packets of a datagram show, without a look outside. */
    static Object seen(byte[] input, Look look) throws Exception {
        return Surroundings.areNotSeen(input, (buffer, offset, length) -> {
            RtcpReader reader = new RtcpReader().wrap(buffer, offset, length);
            // The shortest packet has four bytes.
            Steps steps = new Steps(length / RtcpReader.HEADER_LENGTH);
            int hash = 1;
            while (reader.next() && steps.step()) {
                hash = 31 * hash + look.at(reader).hashCode();
            }
            return hash;
        });
    }
}
