package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalabilityModeTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, 1, 1, false",
                "'', 1, 1, false",
                "L1T3, 1, 3, false",
                "S3T3, 3, 3, false",
                "L3T3_KEY, 3, 3, true",
                "L2T2_KEY_SHIFT, 2, 2, true",
                "L3T2h, 3, 2, false",
                "L10T10, 10, 10, false",
                "L0T1, 1, 1, false",
                "T3L1, 1, 1, false",
            })
    void readsLayers(String mode, int spatialLayers, int temporalLayers, boolean keyFramesOnly) {
        assertEquals(new ScalabilityMode(spatialLayers, temporalLayers, keyFramesOnly), ScalabilityMode.parse(mode));
    }
}
