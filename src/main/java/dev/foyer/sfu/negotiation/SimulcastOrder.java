package dev.foyer.sfu.negotiation;

import dev.foyer.protocol.sdp.Rid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts simulcast encodings in order of quality, lowest first, as a router counts its layers. SDP does not say which is
 * which: restrictions tell when they are there, and custom has few names ({@code q h f}, {@code l m h}, low, mid,
 * high). Where neither helps the client's order is taken for ascending, as ORTC's encodings are.
 */
final class SimulcastOrder {
    private static final List<String> SIZES = List.of("max-width", "max-height", "max-br", "max-pps");

    private SimulcastOrder() {}

    static List<String> lowestFirst(List<String> rids, Map<String, Rid> restrictions) {
        for (String size : SIZES) {
            List<String> sorted = sortedBy(rids, rid -> {
                Rid restriction = restrictions.get(rid);
                return restriction == null ? -1 : number(restriction, size);
            });
            if (sorted != null) {
                return sorted;
            }
        }
        boolean quarters = rids.stream().anyMatch(rid -> letter(rid) == 'q' || letter(rid) == 'f');
        List<String> sorted = sortedBy(rids, rid -> switch (letter(rid)) {
            case 'q', 'l' -> 1;
            case 'm' -> 2;
            case 'h' -> quarters ? 2 : 3;
            case 'f' -> 3;
            default -> -1;
        });
        return sorted == null ? rids : sorted;
    }

    /** A restriction as a number, -1 without. */
    static int number(Rid rid, String name) {
        String value = rid.restrictions().get(name);
        return value == null ? -1 : FormatParameters.integer(Map.of(name, value), name, -1);
    }

    /** Null unless each has a value of its own. */
    private static @Nullable List<String> sortedBy(List<String> rids, ToIntFunction<String> value) {
        long distinct = rids.stream()
                .mapToInt(value)
                .filter(each -> each >= 0)
                .distinct()
                .count();
        if (distinct != rids.size()) {
            return null;
        }
        List<String> sorted = new ArrayList<>(rids);
        sorted.sort(Comparator.comparingInt(value));
        return sorted;
    }

    private static char letter(String rid) {
        return switch (rid.toLowerCase(Locale.ROOT)) {
            case "q", "quarter" -> 'q';
            case "l", "lo", "low" -> 'l';
            case "m", "mid", "med", "medium" -> 'm';
            case "h", "hi", "high", "half" -> 'h';
            case "f", "full" -> 'f';
            default -> '?';
        };
    }
}
