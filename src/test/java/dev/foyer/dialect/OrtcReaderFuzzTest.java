package dev.foyer.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.socketio.JsonWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Parameters are read within their bounds, or refused as an invalid message that names the field and not its value. */
class OrtcReaderFuzzTest implements FuzzTarget {
    private static final JsonMapper JACKSON = JsonMapper.shared();

    @Override
    public List<byte[]> corpus() {
        return List.of(
                bytes("{\"mid\":\"0\",\"codecs\":[{\"mimeType\":\"video/VP8\",\"payloadType\":96,\"clockRate\":90000,"
                        + "\"parameters\":{\"x-google\":1},\"rtcpFeedback\":[{\"type\":\"nack\",\"parameter\":\"pli\"}]},"
                        + "{\"mimeType\":\"video/rtx\",\"payloadType\":97,\"clockRate\":90000,\"parameters\":{\"apt\":96}}],"
                        + "\"headerExtensions\":[{\"uri\":\"urn:ietf:params:rtp-hdrext:sdes:mid\",\"id\":4,\"encrypt\":false}],"
                        + "\"encodings\":[{\"ssrc\":1,\"rtx\":{\"ssrc\":2},\"rid\":\"a\",\"scalabilityMode\":\"L1T3\"}],"
                        + "\"rtcp\":{\"cname\":\"c\",\"reducedSize\":true}}"),
                bytes("{\"codecs\":[{\"kind\":\"audio\",\"mimeType\":\"audio/opus\",\"clockRate\":48000,\"channels\":2,"
                        + "\"preferredPayloadType\":111}],\"headerExtensions\":[{\"kind\":\"audio\",\"uri\":\"u\","
                        + "\"preferredId\":1,\"direction\":\"sendonly\"}]}"),
                bytes("{\"role\":\"client\",\"fingerprints\":[{\"algorithm\":\"sha-256\",\"value\":\"AB:CD\"}]}"));
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>(JsonWords.ALL);
        words.addAll(List.of(
                "\"codecs\":", "\"encodings\":[{}],", "\"fingerprints\":", "\"role\":\"auto\",", "{\"ssrc\":1},"));
        return words;
    }

    /** Most of it is Jackson's. */
    @Override
    public long heapBound(int length) {
        return 64_000 + 1_000L * length;
    }

    @Override
    public Object examine(byte[] input) {
        Object json;
        try {
            json = JACKSON.readValue(input, Object.class);
        } catch (JacksonException _) {
            return "no JSON";
        }
        RtpParameters[] parameters = {null};
        Object read = List.of(
                outcome(json, fields -> parameters[0] = OrtcReader.rtpParameters(fields)),
                outcome(json, OrtcReader::rtpCapabilities),
                outcome(json, OrtcReader::dtlsParameters));
        if (parameters[0] != null) {
            inBounds(parameters[0]);
        }
        return read;
    }

    private static Object outcome(Object json, Function<Fields, Object> reader) {
        try {
            return Objects.requireNonNull(reader.apply(Fields.of(json))).getClass();
        } catch (RoomException refusal) {
            assertEquals(RoomErrorCode.INVALID_MESSAGE, refusal.code());
            String text = String.valueOf(refusal.getMessage());
            assertTrue(text.startsWith("Invalid") && text.length() < 200, text);
            return text;
        }
    }

    private static void inBounds(RtpParameters parameters) {
        assertTrue(parameters.codecs().size() <= 32 && parameters.encodings().size() <= 16);
        parameters.codecs().forEach(codec -> {
            assertTrue(codec.payloadType() >= 0 && codec.payloadType() < 128 && codec.clockRate() > 0);
            assertTrue(codec.mimeType().length() <= 256 && !codec.mimeType().isEmpty());
            for (Map.Entry<String, Object> parameter : codec.parameters().entrySet()) {
                assertTrue(parameter.getKey().length() <= 4096 && parameter.getValue() != null);
            }
        });
        parameters.encodings().forEach(encoding -> {
            Long ssrc = encoding.ssrc();
            assertTrue(ssrc == null || (ssrc >= 0 && ssrc <= 0xFFFF_FFFFL));
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
