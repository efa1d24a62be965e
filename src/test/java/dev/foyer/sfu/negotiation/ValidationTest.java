package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ValidationTest {
    private static final String VIDEO = """
            {"mid":"1",
             "codecs":[
              {"mimeType":"video/VP8","payloadType":96,"clockRate":90000},
              {"mimeType":"video/rtx","payloadType":97,"clockRate":90000,"parameters":{"apt":96}}],
             "headerExtensions":[
              {"uri":"urn:ietf:params:rtp-hdrext:sdes:mid","id":4},{"uri":"urn:3gpp:video-orientation","id":5}],
             "encodings":[{"ssrc":1111,"rtx":{"ssrc":1112}},{"ssrc":2222,"rid":"r1"},{"rid":"r2"}],
             "rtcp":{"cname":"c"}}""";

    private static final String CAPABILITIES = """
            {"codecs":[
              {"kind":"audio","mimeType":"audio/opus","preferredPayloadType":111,"clockRate":48000,"channels":2},
              {"mimeType":"video/VP8","clockRate":90000,"channels":1}],
             "headerExtensions":[{"kind":"audio","uri":"urn:ietf:params:rtp-hdrext:sdes:mid","preferredId":1}]}""";

    @Test
    void completesParametersThatLeaveMembersOut() throws NegotiationException {
        RtpParameters parameters = ParametersValidator.validate(MediaKind.AUDIO, parameters("""
                {"codecs":[{"mimeType":"audio/PCMU","payloadType":0,"clockRate":8000}],"encodings":[{"ssrc":1}]}"""));

        assertEquals(1, parameters.codecs().getFirst().channels());
        assertNull(parameters.rtcp().cname());
        assertEquals(0, parameters.headerExtensions().size());
    }

    @Test
    void completesCapabilitiesThatLeaveMembersOut() throws NegotiationException {
        RtpCapabilities capabilities =
                CapabilitiesValidator.validate(OrtcJson.capabilities(OrtcJson.MAPPER.readTree(CAPABILITIES)));

        assertEquals(MediaKind.VIDEO, capabilities.codecs().get(1).kind());
        assertNull(capabilities.codecs().get(1).channels());
        assertEquals("sendrecv", capabilities.headerExtensions().getFirst().direction());
    }

    @Test
    void acceptsTheParametersThatTheTableBelowBreaks() {
        assertDoesNotThrow(() -> ParametersValidator.validate(MediaKind.VIDEO, parameters(VIDEO)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/codecs                     | []",
                "/codecs/0/mimeType          | null",
                "/codecs/0/mimeType          | \"video\"",
                "/codecs/0/mimeType          | \"video/\"",
                "/codecs/0/mimeType          | \"audio/opus\"",
                "/codecs/0/mimeType          | \"video/V\\r\\n8\"",
                "/codecs/0/mimeType          | \"video/rtx\"",
                "/codecs/0/payloadType       | 128",
                "/codecs/0/payloadType       | -1",
                "/codecs/0/payloadType       | 97",
                "/codecs/0/clockRate         | 0",
                "/codecs/0/clockRate         | 2000000",
                "/codecs/0/parameters        | {\"a\":{\"b\":1}}",
                "/codecs/0/parameters        | {\"a\":true}",
                "/codecs/0/parameters        | {\"a\":\"1\\r\\na=candidate\"}",
                "/codecs/0/parameters        | {\"\":1}",
                "/codecs/0/rtcpFeedback      | [{}]",
                "/codecs/0/rtcpFeedback      | [{\"type\":\"\"}]",
                "/codecs/1/parameters        | {}",
                "/codecs/1/parameters        | {\"apt\":\"x\"}",
                "/codecs/1/parameters        | {\"apt\":97}",
                "/codecs/1/parameters        | {\"apt\":98}",
                "/headerExtensions/0/uri     | null",
                "/headerExtensions/0/id      | 0",
                "/headerExtensions/0/id      | 256",
                "/headerExtensions/0/id      | 5",
                "/encodings                  | []",
                "/encodings                  | [{\"ssrc\":1},{}]",
                "/encodings                  | [{},{},{},{},{},{},{},{},{}]",
                "/encodings/0/ssrc           | 0",
                "/encodings/0/ssrc           | 4294967296",
                "/encodings/0/ssrc           | 2222",
                "/encodings/0/rtx            | {\"ssrc\":2222}",
                "/encodings/0/rtx            | {\"ssrc\":-1}",
                "/encodings/1/rid            | \"r2\"",
                "/encodings/1/rid            | \"\"",
                "/encodings/1/rid            | \"0123456789012345678901234567890123456789\"",
                "/encodings/1/codecPayloadType | 97",
                "/encodings/1/codecPayloadType | 98",
                "/encodings/1/maxBitrate     | 0",
                "/encodings/1/scalabilityMode | \"0123456789012345678901234567890123456789\"",
                "/mid                        | \"0123456789012345678901234567890123456789\"",
                "/msid                       | \"a\\nb\"",
                "/rtcp/cname                 | \"a\\nb\"",
            })
    void refusesParameters(String pointer, String value) {
        assertInvalid(() -> ParametersValidator.validate(MediaKind.VIDEO, parameters(with(VIDEO, pointer, value))));
    }

    @Test
    void recognisesTheOnlyEncodingByMidAndNotWithoutOne() {
        String onlyMid = with(VIDEO, "/encodings", "[{}]");

        assertDoesNotThrow(() -> ParametersValidator.validate(MediaKind.VIDEO, parameters(onlyMid)));
        assertInvalid(() -> ParametersValidator.validate(MediaKind.VIDEO, parameters(with(onlyMid, "/mid", "null"))));
    }

    @Test
    void refusesRedWithoutTheOpusItsPacketsName() {
        assertInvalid(
                () -> ParametersValidator.validate(MediaKind.AUDIO, BrowserRecording.CHROMIUM.parameters("audio-red")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/codecs/0/mimeType               | \"text/plain\"",
                "/codecs/0/preferredPayloadType   | 128",
                "/codecs/1/preferredPayloadType   | 111",
                "/codecs/0/channels               | 0",
                "/codecs/0/channels               | 9",
                "/headerExtensions/0/kind         | null",
                "/headerExtensions/0/uri          | \"\"",
                "/headerExtensions/0/preferredId  | 0",
                "/headerExtensions/0/direction    | \"both\"",
            })
    void refusesCapabilities(String pointer, String value) {
        RtpCapabilities broken = OrtcJson.capabilities(OrtcJson.MAPPER.readTree(with(CAPABILITIES, pointer, value)));

        assertInvalid(() -> CapabilitiesValidator.validate(broken));
    }

    private interface Validation {
        void run() throws NegotiationException;
    }

    private static void assertInvalid(Validation validation) {
        NegotiationException refusal = assertThrows(NegotiationException.class, validation::run);
        assertEquals(NegotiationError.INVALID, refusal.error());
        assertEquals(0, refusal.getStackTrace().length);
    }

    private static RtpParameters parameters(String json) {
        return OrtcJson.parameters(OrtcJson.MAPPER.readTree(json));
    }

    /** Puts a value where a JSON pointer says. */
    private static String with(String json, String pointer, String value) {
        JsonNode root = OrtcJson.MAPPER.readTree(json);
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, last)))
                .set(pointer.substring(last + 1), OrtcJson.MAPPER.readTree(value));
        return root.toString();
    }
}
