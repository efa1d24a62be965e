package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.room.Holdings.Producer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a plain client is sent of a peer. A microphone and a camera that may still come have their place from the start, so
 * that no negotiation is needed when they do.
 */
final class SourcePlan {
    private static final String AUDIO = "audio";
    private static final String VIDEO = "video";

    private final Holdings holdings;

    SourcePlan(Holdings holdings) {
        this.holdings = holdings;
    }

    List<MediaSource> of(Participant peer, Participant client) {
        if (!client.may(Permission.SUBSCRIBE)) {
            return List.of();
        }
        List<MediaSource> sources = new ArrayList<>();
        for (Producer producer : holdings.producers(producer -> producer.owner == peer)) {
            sources.add(new MediaSource(producer.key, producer.kind, producer.id));
        }
        if (peer.publishes()) {
            reserve(sources, AUDIO, MediaKind.AUDIO);
            reserve(sources, VIDEO, MediaKind.VIDEO);
        }
        sources.sort(Comparator.comparingInt((MediaSource source) -> rank(source.key()))
                .thenComparing(MediaSource::key));
        return sources;
    }

    private static void reserve(List<MediaSource> sources, String key, MediaKind kind) {
        if (sources.stream().noneMatch(source -> source.key().equals(key))) {
            sources.add(new MediaSource(key, kind, null));
        }
    }

    private static int rank(String key) {
        return key.equals(AUDIO) ? 0 : key.equals(VIDEO) ? 1 : key.startsWith("screen") ? 2 : 3;
    }
}
