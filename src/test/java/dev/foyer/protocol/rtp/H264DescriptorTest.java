package dev.foyer.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264DescriptorTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "IDR slice whose first macroblock is 0, 65 88 84, true, true",
        "second slice of an IDR picture, 65 41 00, true, false",
        "sequence parameter set, 67 42 C0 1F, true, true",
        "picture parameter set, 68 CE 3C 80, true, false",
        "inter slice, 41 9A 02, true, false",
        "supplemental information, 06 05 10, true, false",
        "STAP-A of both parameter sets, 78 0004 6742C01F 0002 68CE, true, true",
        "STAP-A of an access unit delimiter and an IDR slice, 78 0002 0910 0003 658884, true, true",
        "STAP-A of inter slices, 78 0003 419A02 0003 419A02, true, false",
        "STAP-A whose second unit is cut, 78 0002 68CE 0009 6742, true, false",
        "STAP-A whose first unit is cut, 78 0009 6742, false, false",
        "STAP-A without units, 78, false, false",
        "FU-A start of an IDR slice, 7C 85 88 84, true, true",
        "FU-A start of a second IDR slice, 7C 85 41, true, false",
        "FU-A middle of an IDR slice, 7C 05 88, true, false",
        "FU-A end of an IDR slice, 7C 45 88, true, false",
        "FU-A start of an inter slice, 7C 81 9A, true, false",
        "FU-A start of a parameter set, 7C 87 42, true, true",
        "FU-A without its header, 7C, false, false",
        "STAP-B, 79 0000 0002 6742, false, false",
        "type 0, 00 00, false, false",
        "IDR slice without a body, 65, true, false"
    })
    void tellsWhereADecoderCanStart(String what, String payload, boolean understood, boolean keyFrame) {
        H264Descriptor descriptor = new H264Descriptor();
        assertEquals(
                understood, descriptor.parse(new RtpBytes().payload(payload).packet()));
        assertEquals(keyFrame, descriptor.isKeyFrame());
    }

    @ParameterizedTest
    @CsvSource({"41 9A, true", "41 1A, false", "7C 81 9A, true", "7C 01 9A, false", "65 88, true"})
    void tellsWhereAPictureStarts(String payload, boolean starts) {
        H264Descriptor descriptor = new H264Descriptor();
        descriptor.parse(new RtpBytes().payload(payload).packet());
        assertEquals(starts, descriptor.startsFrame());
    }
}
