package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio/opus/48000/2                  | audio/opus/48000/2                                | true",
                "audio/opus/48000/2 stereo=1         | audio/opus/48000/2 useinbandfec=1                 | true",
                "audio/opus/48000/2                  | audio/opus/48000/1                                | false",
                "audio/opus/48000/2                  | audio/opus/24000/2                                | false",
                "audio/opus/48000/2                  | audio/red/48000/2                                 | false",
                "video/vp8/90000                     | video/vp8/90000 max-fr=60                         | true",
                "video/vp9/90000                     | video/vp9/90000 profile-id=0                      | true",
                "video/vp9/90000 profile-id=2        | video/vp9/90000 profile-id=\"2\"                  | true",
                "video/vp9/90000                     | video/vp9/90000 profile-id=2                      | false",
                "video/av1/90000                     | video/av1/90000 profile=0;level-idx=5;tier=0      | true",
                "video/av1/90000 profile=1           | video/av1/90000                                   | false",
                "video/h264/90000 packetization-mode=1;profile-level-id=42e01f |"
                        + " video/h264/90000 packetization-mode=1;profile-level-id=42c034 | true",
                "video/h264/90000 packetization-mode=1;profile-level-id=42e01f |"
                        + " video/h264/90000 profile-level-id=42e01f                      | false",
                "video/h264/90000 packetization-mode=1;profile-level-id=42e01f |"
                        + " video/h264/90000 packetization-mode=1;profile-level-id=42001f | false",
                "video/h264/90000 packetization-mode=1;profile-level-id=42e01f |"
                        + " video/h264/90000 packetization-mode=1                         | true",
                "video/h264/90000 packetization-mode=1;profile-level-id=nonsense |"
                        + " video/h264/90000 packetization-mode=1                         | false",
            })
    void matchesByTypeAndByWhatTheCodecSaysOfProfiles(String one, String other, boolean expected) {
        assertEquals(expected, codec(one).matches(codec(other)));
        assertEquals(expected, codec(other).matches(codec(one)));
    }

    @Test
    void agreesOnTheLowerH264LevelWhenOneSideForbidsAsymmetry() {
        Codec own = codec("video/h264/90000 profile-level-id=640032;level-asymmetry-allowed=1;packetization-mode=1");

        assertEquals(
                "64001f",
                own.parametersAgreedWith(codec("video/h264/90000 profile-level-id=64001f;packetization-mode=1"))
                        .get("profile-level-id"));
        assertEquals(
                "640032",
                own.parametersAgreedWith(codec("video/h264/90000 profile-level-id=64001f;level-asymmetry-allowed=1"))
                        .get("profile-level-id"));
        assertEquals(1, own.parametersAgreedWith(own).get("packetization-mode"));
    }

    @Test
    void inventsNoH264LevelWhereNeitherSideNamesOne() {
        assertEquals(
                Map.of(),
                codec("video/h264/90000").parametersAgreedWith(codec("video/h264/90000 packetization-mode=0")));
    }

    private static Codec codec(String text) {
        String[] parts = text.strip().split(" +", 2);
        String[] type = parts[0].split("/", -1);
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (parts.length > 1) {
            for (String parameter : parts[1].split(";", -1)) {
                String[] pair = parameter.split("=", 2);
                parameters.put(pair[0], value(pair[1]));
            }
        }
        int channels = type.length > 3 ? Integer.parseInt(type[3]) : 0;
        return new Codec(type[0] + "/" + type[1], Integer.parseInt(type[2]), channels, parameters);
    }

    private static Object value(String text) {
        if (text.startsWith("\"")) {
            return text.substring(1, text.length() - 1);
        }
        return text.matches("\\d+") ? (Object) Integer.valueOf(text) : text;
    }
}
