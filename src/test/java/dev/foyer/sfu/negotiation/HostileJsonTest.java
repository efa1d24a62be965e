package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.ObjectNode;

/** Breaks each member of what browsers really say, in many ways: there is a refusal or an agreement, never a bug. */
class HostileJsonTest {
    private static final String LONG = "\"" + "x".repeat(5000) + "\"";
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "15",
            "128",
            "4294967295",
            "1e400",
            "0.5",
            "\"\"",
            "\"\\u0000\"",
            LONG,
            "[]",
            "[null]",
            "{}",
            "{\"apt\":null}",
            "{\"a\":[]}");

    private int outcomes;

    @Test
    void answersBrokenParametersWithARefusal() {
        RtpCapabilities router = RouterCapabilities.defaults();
        for (BrowserRecording browser : BrowserRecording.ALL) {
            for (String produced : List.of("audio", "video-vp8-simulcast")) {
                breakEverywhere(browser.parametersJson(produced), json -> {
                    RtpParameters parameters = OrtcJson.parameters(json);
                    RtpParameters consumable = ProducerNegotiation.of(
                                    browser.kind(produced), parameters, router, null, new Random(1))
                            .consumable();
                    ConsumerNegotiation.consumer(consumable, browser.capabilities(), true, null, new Random(1));
                });
            }
        }
        assertTrue(outcomes > 5_000, "only " + outcomes);
    }

    @Test
    void answersBrokenCapabilitiesWithARefusal() throws NegotiationException {
        for (BrowserRecording browser : BrowserRecording.ALL) {
            RtpParameters consumable = ProducerNegotiation.of(
                            browser.kind("video-vp8"),
                            browser.parameters("video-vp8"),
                            RouterCapabilities.defaults(),
                            null,
                            new Random(1))
                    .consumable();
            breakEverywhere(browser.json().get("rtpCapabilities"), json -> {
                RtpCapabilities capabilities = OrtcJson.capabilities(json);
                ConsumerNegotiation.canConsume(consumable, capabilities);
                ConsumerNegotiation.consumer(consumable, capabilities, true, null, new Random(1));
            });
        }
        assertTrue(outcomes > 3_000, "only " + outcomes);
    }

    private interface Reader {
        void read(JsonNode json) throws NegotiationException;
    }

    private void breakEverywhere(JsonNode json, Reader reader) {
        JsonNode root = json.deepCopy();
        for (ContainerNode<?> container : containers(root, new ArrayList<>())) {
            switch (container) {
                case ObjectNode object -> {
                    for (String name : List.copyOf(object.propertyNames())) {
                        JsonNode whole = object.remove(name);
                        read(root, reader);
                        for (String value : VALUES) {
                            object.set(name, OrtcJson.MAPPER.readTree(value));
                            read(root, reader);
                        }
                        object.set(name, whole);
                    }
                }
                case ArrayNode array -> {
                    for (int i = 0; i < array.size(); i++) {
                        JsonNode whole = array.get(i);
                        array.set(i, array.get(0));
                        read(root, reader);
                        for (String value : VALUES) {
                            array.set(i, OrtcJson.MAPPER.readTree(value));
                            read(root, reader);
                        }
                        array.set(i, whole);
                    }
                }
                default -> throw new IllegalStateException();
            }
        }
    }

    private void read(JsonNode json, Reader reader) {
        try {
            reader.read(json);
        } catch (NegotiationException | JacksonException _) {
            // Either is an answer; anything else fails the test.
        }
        outcomes++;
    }

    private static List<ContainerNode<?>> containers(JsonNode node, List<ContainerNode<?>> found) {
        if (node instanceof ContainerNode<?> container) {
            found.add(container);
            for (JsonNode child : node) {
                containers(child, found);
            }
        }
        return found;
    }
}
