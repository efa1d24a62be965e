package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What mediasoup-client said in one browser: see {@code about} in the files. */
record BrowserRecording(String name, JsonNode json) {
    static final BrowserRecording CHROMIUM = read("chromium-156");
    static final BrowserRecording FIREFOX = read("firefox-153-esr");
    static final List<BrowserRecording> ALL = List.of(CHROMIUM, FIREFOX);

    private static BrowserRecording read(String name) {
        return new BrowserRecording(name, OrtcJson.resource("mediasoup-client-3.18.7-" + name + ".json"));
    }

    RtpCapabilities capabilities() {
        return OrtcJson.capabilities(json.get("rtpCapabilities"));
    }

    MediaKind kind(String produced) {
        String kind = json.get("produced").get(produced).get("kind").asString();
        return MediaKind.valueOf(kind.toUpperCase(Locale.ROOT));
    }

    JsonNode parametersJson(String produced) {
        return json.get("produced").get(produced).get("rtpParameters");
    }

    RtpParameters parameters(String produced) {
        return OrtcJson.parameters(parametersJson(produced));
    }

    @Override
    public String toString() {
        return name;
    }
}
