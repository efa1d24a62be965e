package dev.foyer.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpFeedback;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpCodecCapability;
import dev.foyer.ortc.RtpCodecParameters;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpHeaderExtension;
import dev.foyer.ortc.RtpHeaderExtensionParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.room.FakeMediaPlane;
import dev.foyer.room.RoomException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OrtcReaderTest {
    private static Fields json(String text) {
        return Fields.of(JsonMapper.shared().readValue(text, Object.class));
    }

    @Test
    void anEmptyCnameIsNone() {
        RtpParameters parameters = OrtcReader.rtpParameters(json("""
                {"codecs":[],"encodings":[{"rid":"q"},{"rid":"h"}],"rtcp":{"cname":"","reducedSize":true}}
                """));
        assertEquals(new RtcpParameters(null, true), parameters.rtcp());
    }

    @Test
    void readsWhatMediasoupClientSends() {
        RtpParameters parameters = OrtcReader.rtpParameters(json("""
                {"mid":"1","codecs":[
                  {"mimeType":"video/VP8","payloadType":96,"clockRate":90000,"parameters":{},
                   "rtcpFeedback":[{"type":"goog-remb","parameter":""},{"type":"nack","parameter":"pli"},{"type":"nack"}]},
                  {"mimeType":"video/rtx","payloadType":97,"clockRate":90000,"parameters":{"apt":96},"rtcpFeedback":[]}],
                 "headerExtensions":[{"uri":"urn:ietf:params:rtp-hdrext:sdes:mid","id":4,"encrypt":false,"parameters":{}}],
                 "encodings":[{"ssrc":4294967295,"rtx":{"ssrc":2},"dtx":false,"scalabilityMode":"L1T3","maxBitrate":900000},
                   {"rid":"r1","active":true,"scaleResolutionDownBy":2}],
                 "rtcp":{"cname":"abc","reducedSize":true},"msid":"ignored"}
                """));
        assertEquals("1", parameters.mid());
        assertEquals(
                new RtpCodecParameters(
                        "video/VP8",
                        96,
                        90000,
                        null,
                        Map.of(),
                        List.of(
                                new RtcpFeedback("goog-remb", ""),
                                new RtcpFeedback("nack", "pli"),
                                new RtcpFeedback("nack", ""))),
                parameters.codecs().getFirst());
        assertEquals(Map.of("apt", 96), parameters.codecs().getLast().parameters());
        assertEquals(
                List.of(new RtpHeaderExtensionParameters("urn:ietf:params:rtp-hdrext:sdes:mid", 4, false, Map.of())),
                parameters.headerExtensions());
        assertEquals(
                List.of(
                        new RtpEncodingParameters(
                                4294967295L, null, null, new RtpEncodingParameters.Rtx(2), false, "L1T3", 900000),
                        new RtpEncodingParameters(null, "r1", null, null, false, null, null)),
                parameters.encodings());
        assertEquals(new RtcpParameters("abc", true), parameters.rtcp());
    }

    @Test
    void absentListsAndMapsAreEmpty() {
        assertEquals(new RtpCapabilities(List.of(), List.of()), OrtcReader.rtpCapabilities(json("{}")));
        assertEquals(
                new RtpCapabilities(
                        List.of(new RtpCodecCapability(
                                MediaKind.AUDIO, "audio/opus", null, 48000, 2, Map.of(), List.of())),
                        List.of(new RtpHeaderExtension(MediaKind.AUDIO, "urn:x", 1, false, "sendrecv"))),
                OrtcReader.rtpCapabilities(json("""
                        {"codecs":[{"kind":"audio","mimeType":"audio/opus","clockRate":48000,"channels":2}],
                         "headerExtensions":[{"kind":"audio","uri":"urn:x","preferredId":1}]}
                        """)));
        assertEquals(
                new RtpParameters(null, List.of(), List.of(), List.of(), new RtcpParameters(null, true)),
                OrtcReader.rtpParameters(json("{\"codecs\":null}")));
    }

    @Test
    void readsDtlsParameters() {
        assertEquals(
                DtlsRole.AUTO,
                OrtcReader.dtlsParameters(json("{\"fingerprints\":[{\"algorithm\":\"sha-256\",\"value\":\"AA:BB\"}]}"))
                        .role());
        assertThrows(RoomException.class, () -> OrtcReader.dtlsParameters(json("{\"fingerprints\":[]}")));
        assertThrows(
                RoomException.class,
                () -> OrtcReader.dtlsParameters(json(
                        "{\"role\":\"actor\",\"fingerprints\":[{\"algorithm\":\"sha-256\",\"value\":\"AA:BB\"}]}")));
    }

    @Test
    void writtenCapabilitiesReadBackTheSame() {
        RtpCapabilities capabilities = FakeMediaPlane.capabilities();
        assertEquals(capabilities, OrtcReader.rtpCapabilities(Fields.of(JsonWriter.object(capabilities))));
    }

    @Test
    void refusesNumbersOutOfRange() {
        for (String encoding :
                List.of("{\"ssrc\":-1}", "{\"ssrc\":4294967296}", "{\"ssrc\":\"1\"}", "{\"rtx\":{}}", "{\"rtx\":[]}")) {
            assertThrows(
                    RoomException.class,
                    () -> OrtcReader.rtpParameters(json("{\"encodings\":[" + encoding + "]}")),
                    encoding);
        }
        for (String codec : List.of(
                "{}",
                "{\"mimeType\":\"a/b\",\"payloadType\":128,\"clockRate\":1}",
                "{\"mimeType\":\"a/b\",\"payloadType\":1}",
                "{\"mimeType\":\"a/b\",\"payloadType\":1,\"clockRate\":1,\"rtcpFeedback\":{}}")) {
            assertThrows(
                    RoomException.class, () -> OrtcReader.rtpParameters(json("{\"codecs\":[" + codec + "]}")), codec);
        }
    }
}
