package dev.foyer.sfu;

import dev.foyer.sfu.stream.ReceptionStatistics;
import dev.foyer.sfu.stream.RtpStreamReceiver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts figures into the words of the W3C's webrtc-stats. */
final class Statistics {
    private static final double NANOS_PER_SECOND = 1e9;

    private Statistics() {}

    static List<Map<String, Object>> of(WebRtcTransport transport, SfuEnvironment environment) {
        TransportFigures figures = transport.figures();
        Map<String, Object> stats = object(transport.id(), "transport", environment);
        stats.put("packetsSent", figures.packetsSent());
        stats.put("packetsReceived", figures.packetsReceived());
        stats.put("bytesSent", figures.bytesSent());
        stats.put("bytesReceived", figures.bytesReceived());
        stats.put("iceRole", "controlled");
        stats.put(
                "iceState",
                switch (figures.iceState()) {
                    case NEW -> "new";
                    case CONNECTED -> "connected";
                    case COMPLETED -> "completed";
                    case DISCONNECTED -> "disconnected";
                });
        stats.put(
                "dtlsState",
                switch (figures.state()) {
                    case FAILED -> "failed";
                    case CLOSED -> "closed";
                    case CONNECTED -> "connected";
                    case NEW, DISCONNECTED -> figures.handshaking() ? "connecting" : "new";
                });
        return List.of(stats);
    }

    static List<Map<String, Object>> of(Producer producer, SfuEnvironment environment) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ProducerStream stream : producer.streams()) {
            RtpStreamReceiver receiver = stream.receiver();
            if (receiver == null) {
                continue;
            }
            ReceptionStatistics reception = receiver.statistics();
            int clockRate = receiver.settings().clockRate();
            Map<String, Object> stats = object(producer.id() + "-" + stream.index(), "inbound-rtp", environment);
            stats.put("kind", producer.kind().toString());
            stats.put("ssrc", stream.ssrc());
            String rid = stream.encoding().rid();
            if (rid != null) {
                stats.put("rid", rid);
            }
            stats.put("mimeType", receiver.settings().mimeType());
            stats.put("packetsReceived", reception.received());
            stats.put("packetsLost", reception.lost());
            stats.put("jitter", (double) reception.jitter() / clockRate);
            stats.put("bytesReceived", receiver.byteCount());
            stats.put("retransmittedPacketsReceived", receiver.recoveredCount());
            stats.put("packetsDuplicated", receiver.duplicateCount());
            stats.put("nackCount", receiver.nackCount());
            stats.put("pliCount", receiver.keyFrameRequestCount());
            stats.put("keyFramesReceived", receiver.keyFrameCount());
            stats.put("bitrate", receiver.bitrateBps(environment.now()));
            all.add(stats);
        }
        return all;
    }

    static List<Map<String, Object>> of(Consumer consumer, SfuEnvironment environment) {
        ConsumerFigures figures = consumer.figures(environment.now());
        Map<String, Object> sent = object(consumer.id(), "outbound-rtp", environment);
        sent.put("kind", consumer.kind().toString());
        sent.put("ssrc", consumer.ssrc());
        sent.put("packetsSent", figures.packetsSent());
        sent.put("bytesSent", figures.bytesSent());
        sent.put("retransmittedPacketsSent", figures.packetsRetransmitted());
        sent.put("nackCount", figures.nackCount());
        sent.put("pliCount", figures.keyFrameRequestCount());
        sent.put("bitrate", figures.bitrateBps());
        sent.put("active", figures.active());
        sent.put("spatialLayer", figures.spatialLayer());
        if (figures.rttNanos() < 0) {
            return List.of(sent);
        }
        Map<String, Object> remote = object(consumer.id() + "-remote", "remote-inbound-rtp", environment);
        remote.put("kind", consumer.kind().toString());
        remote.put("ssrc", consumer.ssrc());
        remote.put("localId", consumer.id());
        remote.put("roundTripTime", figures.rttNanos() / NANOS_PER_SECOND);
        remote.put("packetsLost", figures.packetsLost());
        remote.put("fractionLost", figures.fractionLost());
        remote.put("jitter", figures.jitterSeconds());
        return List.of(sent, remote);
    }

    private static Map<String, Object> object(String id, String type, SfuEnvironment environment) {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("id", id);
        stats.put("type", type);
        stats.put("timestamp", environment.wallClockMillis());
        return stats;
    }
}
