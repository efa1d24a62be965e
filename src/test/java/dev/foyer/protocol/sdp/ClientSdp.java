package dev.foyer.protocol.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Descriptions of clients in the field. Those of Chromium, Firefox, libwebrtc and aiortc were captured; Safari, OBS,
 * GStreamer and FFmpeg are written down as these publish them. Captures end lines in CRLF, the others in LF.
 */
public final class ClientSdp {
    /** Offers of fresh connections. */
    public static final List<String> OFFERS = List.of(
            "chromium-156-camera",
            "chromium-156-simulcast",
            "chromium-156-simulcast-by-ssrc",
            "chromium-156-viewer",
            "firefox-153-camera",
            "firefox-153-simulcast",
            "firefox-153-viewer",
            "libwebrtc-native-camera",
            "safari-17-camera",
            "aiortc-1.4-publisher",
            "aiortc-1.4-viewer",
            "obs-30-whip",
            "gstreamer-1.22-whip",
            "ffmpeg-7-whip");

    /** All of them: also answers and later offers. */
    public static final List<String> ALL = List.of(
            "chromium-156-camera",
            "chromium-156-simulcast",
            "chromium-156-simulcast-by-ssrc",
            "chromium-156-viewer",
            "chromium-156-reoffer",
            "chromium-156-reoffer-recycled",
            "chromium-156-answer",
            "firefox-153-camera",
            "firefox-153-simulcast",
            "firefox-153-viewer",
            "firefox-153-reoffer",
            "firefox-153-reoffer-recycled",
            "firefox-153-answer",
            "libwebrtc-native-camera",
            "safari-17-camera",
            "aiortc-1.4-publisher",
            "aiortc-1.4-viewer",
            "obs-30-whip",
            "gstreamer-1.22-whip",
            "ffmpeg-7-whip");

    private ClientSdp() {}

    /** One of them by name. */
    public static String read(String name) {
        try (InputStream file = Objects.requireNonNull(ClientSdp.class.getResourceAsStream(name + ".sdp"), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
