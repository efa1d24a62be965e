package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.room.Holdings.Producer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is sent who watches a room on a fixed number of m-sections: screens first, then who speaks or spoke last,
 * then who came first. Who is shown stays on its m-section as long as it is shown, so that nobody jumps about.
 */
final class WatchPlan {
    /** Nobody shows that many at a time; more m-sections stay empty. */
    private static final int MOST_SECTIONS = 64;

    private final Seats seats;
    private final Holdings holdings;
    private final Speakers speakers;
    private final Participant watcher;
    private final Target of;
    private final Map<MediaKind, @Nullable String[]> shown = new LinkedHashMap<>();

    /**
     * @param of who is watched
     * @param offer says how many m-sections of each kind there are
     */
    WatchPlan(Seats seats, Holdings holdings, Speakers speakers, Participant watcher, Target of, SdpOutline offer) {
        this.seats = seats;
        this.holdings = holdings;
        this.speakers = speakers;
        this.watcher = watcher;
        this.of = of;
        for (MediaKind kind : MediaKind.values()) {
            shown.put(kind, new @Nullable String[Math.min(MOST_SECTIONS, offer.receiving(kind))]);
        }
    }

    /** One source an m-section, some of them empty. */
    List<MediaSource> sources() {
        List<MediaSource> sources = new ArrayList<>();
        shown.forEach((kind, sections) -> {
            assign(kind, sections);
            for (int i = 0; i < sections.length; i++) {
                sources.add(new MediaSource((kind == MediaKind.AUDIO ? "audio-" : "video-") + i, kind, sections[i]));
            }
        });
        return sources;
    }

    private void assign(MediaKind kind, @Nullable String[] sections) {
        Set<String> waiting = new LinkedHashSet<>();
        ranked(kind).stream().limit(sections.length).forEach(producer -> waiting.add(producer.id));
        for (int i = 0; i < sections.length; i++) {
            String stays = sections[i];
            if (stays != null && !waiting.remove(stays)) {
                sections[i] = null;
            }
        }
        List<String> next = new ArrayList<>(waiting);
        for (int i = 0; i < sections.length && !next.isEmpty(); i++) {
            if (sections[i] == null) {
                sections[i] = next.removeFirst();
            }
        }
    }

    private List<Producer> ranked(MediaKind kind) {
        List<Participant> watched = Targets.find(seats, watcher, of);
        List<Producer> producers = new ArrayList<>(holdings.producers(
                producer -> producer.kind == kind && !producer.owner.away && watched.contains(producer.owner)));
        producers.sort(Comparator.comparing(Producer::isSilent)
                .thenComparing(producer -> !producer.isScreen())
                .thenComparing(producer -> !producer.owner.sharesScreen())
                .thenComparingLong(producer -> -speakers.lastSpoke(producer.owner))
                .thenComparingLong(producer -> producer.owner.order));
        return producers;
    }
}
