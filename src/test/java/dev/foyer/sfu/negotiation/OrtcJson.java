package dev.foyer.sfu.negotiation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes records as mediasoup-client's JSON, with what it leaves out left out. */
final class OrtcJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private OrtcJson() {}

    static JsonNode resource(String name) {
        try (InputStream in = OrtcJson.class.getResourceAsStream(name)) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RtpParameters parameters(JsonNode json) {
        return MAPPER.treeToValue(json, RtpParameters.class);
    }

    static RtpCapabilities capabilities(JsonNode json) {
        return MAPPER.treeToValue(json, RtpCapabilities.class);
    }
}
