package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerTypesTest {
    @ParameterizedTest
    @CsvSource({
        "audio/opus, 1, , SIMPLE",
        "audio/opus, 1, L1T2, SIMPLE",
        "video/VP8, 1, , SIMPLE",
        "video/VP8, 1, L1T1, SIMPLE",
        "video/VP8, 1, L1T3, SIMULCAST",
        "video/VP8, 2, , SIMULCAST",
        "video/H264, 1, L1T2, SIMULCAST",
        "video/VP9, 1, L1T1, SIMPLE",
        "video/VP9, 1, L1T3, SVC",
        "video/VP9, 1, S3T1, SVC",
        "video/VP9, 3, L1T3, SIMULCAST",
        "video/AV1, 1, L3T1, SVC",
    })
    void followsFromLayersAndCodec(String mimeType, int encodings, String scalabilityMode, ConsumerType type) {
        RtpEncodingParameters encoding = new RtpEncodingParameters(1L, null, null, null, false, scalabilityMode, null);
        RtpParameters consumable = new RtpParameters(
                null,
                List.of(new RtpCodecParameters(mimeType, 100, 90_000, null, Map.of(), List.of())),
                List.of(),
                Collections.nCopies(encodings, encoding),
                new RtcpParameters(null, true));

        assertEquals(type, ConsumerTypes.of(consumable));
    }
}
