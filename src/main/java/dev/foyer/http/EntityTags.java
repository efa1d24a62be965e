package dev.foyer.http;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Strong entity tags and the requests that name them (RFC 9110, sections 8.8.3 and 13.1.1). */
final class EntityTags {
    private EntityTags() {}

    /** A tag, quotes included, that no other has. */
    static String create(RandomGenerator random) {
        return "\"" + Long.toHexString(random.nextLong()) + "\"";
    }

    /**
     * Demands that {@code If-Match} names a tag.
     *
     * @throws RequestRefusal 428 when the header is missing, 412 when it names only others
     */
    static void require(@Nullable String ifMatch, String current) {
        if (ifMatch == null) {
            throw new RequestRefusal(HttpError.PRECONDITION_REQUIRED, "If-Match has to name the ICE session's ETag");
        }
        for (String part : ifMatch.split(",", -1)) {
            String tag = part.strip();
            // RFC 9725 writes the asterisk in quotes in its example.
            if (tag.equals(current) || tag.equals("*") || tag.equals("\"*\"")) {
                return;
            }
        }
        throw new RequestRefusal(HttpError.PRECONDITION_FAILED, "If-Match names no current ICE session");
    }
}
