package dev.foyer.sfu;

import dev.foyer.ortc.MediaSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives sources the m-sections of a connection: a source keeps the one that it has, the others take free ones of their
 * kind, both in order.
 */
final class SourceAssignment {
    private SourceAssignment() {}

    /**
     * Makes the sections follow the sources.
     *
     * @return the sources for which there is no section, in their order
     */
    static List<MediaSource> assign(List<MediaSection> sections, List<MediaSource> sources) {
        Map<String, MediaSource> waiting = new HashMap<>();
        for (MediaSource source : sources) {
            waiting.putIfAbsent(source.key(), source);
        }
        for (MediaSection section : sections) {
            MediaSource held = section.source();
            MediaSource current = held == null ? null : waiting.get(held.key());
            if (current != null && current.kind() == section.kind() && section.isOpen()) {
                section.source(current);
                waiting.remove(current.key());
            } else {
                section.source(null);
            }
        }
        List<MediaSource> without = new ArrayList<>();
        for (MediaSource source : sources) {
            if (waiting.remove(source.key(), source) && !takeFree(sections, source)) {
                without.add(source);
            }
        }
        return without;
    }

    private static boolean takeFree(List<MediaSection> sections, MediaSource source) {
        for (MediaSection section : sections) {
            if (section.isOpen()
                    && section.source() == null
                    && section.kind() == source.kind()
                    && section.clientReceives()) {
                section.source(source);
                return true;
            }
        }
        return false;
    }
}
