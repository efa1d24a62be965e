package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.RtpBytes.hex;

import java.util.List;

/** Packets of every form, from which fuzzers of this package start. The dependency descriptor has id 5. */
final class RtpPackets {
    static final int DESCRIPTOR_ID = 5;

    private static final byte[] STRUCTURE = hex("C00102800047001122");

    private RtpPackets() {}

    static List<byte[]> all() {
        return List.of(
                new RtpBytes()
                        .csrcs(1, 2)
                        .oneByteExtension(1, hex("30"))
                        .oneByteExtension(DESCRIPTOR_ID, STRUCTURE)
                        .oneByteExtension(3, hex("ABCDEF"))
                        .payload("90E09267 2AA30000 00")
                        .padding(7)
                        .build(),
                new RtpBytes()
                        .marker()
                        .twoByteExtension(DESCRIPTOR_ID, STRUCTURE)
                        .twoByteExtension(77, new byte[40])
                        .payload("10 00")
                        .build(),
                new RtpBytes().extensionBlock(0x1234, new byte[8]).payload("00").build(),
                new RtpBytes().payload("AA923400 07180140 00F00114 01FF").build(),
                new RtpBytes().payload("F8115203 0502FF").build(),
                new RtpBytes().payload("7800046742 C01F0002 68CE0003 658884").build(),
                new RtpBytes().payload("7C858884").build(),
                new RtpBytes().payload("658884").build(),
                new RtpBytes().payload("18 0A0B").build(),
                new RtpBytes().padding(255).build());
    }
}
