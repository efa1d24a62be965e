package dev.foyer.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends: the time and id of its last item. Pages go by these and not by numbers, so that nothing is shown twice
 * or left out because something else came or went meanwhile.
 *
 * @param atMillis milliseconds since 1970
 */
record PageCursor(long atMillis, String id) implements Comparable<PageCursor> {
    private static final Comparator<PageCursor> ORDER =
            Comparator.comparingLong(PageCursor::atMillis).thenComparing(PageCursor::id);

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws InvalidRequest for anything else
     */
    static @Nullable PageCursor read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int end = plain.indexOf(' ');
            if (end > 0) {
                return new PageCursor(Long.parseLong(plain.substring(0, end)), plain.substring(end + 1));
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new InvalidRequest("query", "cursor", "must be the nextCursor of a page");
    }

    /** Opaque to clients. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((atMillis + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(PageCursor other) {
        return ORDER.compare(this, other);
    }

    /** An item of a list. */
    interface Item {
        /** Where it stands in the list. */
        PageCursor place();
    }

    /**
     * A page.
     *
     * @param items in the order of the list
     * @param next where the next page begins; null on the last
     */
    record Page<T extends Item>(List<T> items, @Nullable PageCursor next) {
        /**
         * The items behind a cursor, at most so many.
         *
         * @param all in any order; only a page of them is kept while they are looked through
         */
        static <T extends Item> Page<T> of(Collection<T> all, @Nullable PageCursor after, int limit) {
            PriorityQueue<T> least = new PriorityQueue<>(
                    limit + 1, Comparator.comparing(Item::place).reversed());
            for (T item : all) {
                if (after == null || item.place().compareTo(after) > 0) {
                    least.add(item);
                    if (least.size() > limit + 1) {
                        least.remove();
                    }
                }
            }
            List<T> items = new ArrayList<>(least);
            items.sort(Comparator.comparing(Item::place));
            boolean more = items.size() > limit;
            List<T> page = List.copyOf(more ? items.subList(0, limit) : items);
            return new Page<>(page, more ? page.getLast().place() : null);
        }
    }
}
