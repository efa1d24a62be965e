package dev.foyer.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Strong entity tags made of the content itself, and the requests that depend on them (RFC 9110, section 13.1). */
final class ContentTags {
    private static final int TAG_BYTES = 12;

    private ContentTags() {}

    /** The tag of a content, quotes included. */
    static String of(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Whether {@code If-None-Match} names a tag. Weak tags count: a proxy that compresses makes them so. */
    static boolean names(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null && contains(ifNoneMatch, tag, true);
    }

    /**
     * Demands that {@code If-Match}, where it is there, names a tag.
     *
     * @throws RequestRefusal 412 when it names only others
     */
    static void check(@Nullable String ifMatch, String tag) {
        if (ifMatch != null && !contains(ifMatch, tag, false)) {
            throw new RequestRefusal(HttpError.PRECONDITION_FAILED, "It has changed since: get it again");
        }
    }

    private static boolean contains(String tags, String tag, boolean weakly) {
        for (String part : tags.split(",", -1)) {
            String named = part.strip();
            if (named.equals("*") || named.equals(tag) || (weakly && named.equals("W/" + tag))) {
                return true;
            }
        }
        return false;
    }
}
