package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H264ProfileLevelIdTest {
    @ParameterizedTest
    @CsvSource({
        "42e01f, CONSTRAINED_BASELINE, 31, 42e01f",
        "42C02A, CONSTRAINED_BASELINE, 42, 42e02a",
        "4de01f, CONSTRAINED_BASELINE, 31, 42e01f",
        "58f01f, CONSTRAINED_BASELINE, 31, 42e01f",
        "42a01f, BASELINE, 31, 42001f",
        "58A01F, BASELINE, 31, 42001f",
        "4d0032, MAIN, 50, 4d0032",
        "4d400a, MAIN, 10, 4d000a",
        "64001f, HIGH, 31, 64001f",
        "640c1f, CONSTRAINED_HIGH, 31, 640c1f",
        "f40034, HIGH_444_PREDICTIVE, 52, f40034",
        "42e00b, CONSTRAINED_BASELINE, 11, 42e00b",
        "42f00b, CONSTRAINED_BASELINE, 9, 42f00b",
        "42100b, BASELINE, 9, 42100b",
        "4d100b, MAIN, 9, 4d100b",
    })
    void readsAndWrites(String text, H264Profile profile, int levelIdc, String canonical) {
        H264ProfileLevelId id = H264ProfileLevelId.parse(text);

        assertEquals(new H264ProfileLevelId(profile, levelIdc), id);
        assertEquals(canonical, id.toString());
        assertEquals(id, H264ProfileLevelId.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42e0",
                "42e01f00",
                "42e0zz",
                "42e000",
                "42e00e",
                "42e01e1",
                "64011f",
                "7a001f",
                "42e30d",
                "-42e01"
            })
    void refusesOtherText(String text) {
        assertNull(H264ProfileLevelId.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        // own, offered, both allow asymmetry, answer
        "42e01f, 42e034, false, 42e01f",
        "42e034, 42e01f, false, 42e01f",
        "42e034, 42e01f, true, 42e034",
        "42e01f, 42e034, true, 42e01f",
        "42f00b, 42e00b, false, 42f00b",
        "42e00b, 42f00b, false, 42f00b",
        "42f00b, 42e00a, false, 42e00a",
        "42e00a, 42f00b, false, 42e00a",
    })
    void answersWithTheLowerLevelUnlessDirectionsMayDiffer(
            String own, String offered, boolean asymmetryAllowed, String answer) {
        assertEquals(
                answer,
                H264ProfileLevelId.parse(own)
                        .answerTo(H264ProfileLevelId.parse(offered), asymmetryAllowed)
                        .toString());
    }

    @Test
    void readsAnIdThatAnSdpParserTookForANumber() {
        assertEquals(
                "640032",
                H264ProfileLevelId.of(Map.of("profile-level-id", 640_032)).toString());
    }

    @Test
    void takesConstrainedBaselineWhereNoneIsNamed() {
        assertEquals("42e01f", H264ProfileLevelId.of(Map.of()).toString());
    }
}
