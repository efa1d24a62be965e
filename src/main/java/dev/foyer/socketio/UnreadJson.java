package dev.foyer.socketio;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a client sent it: well-formed, within all limits, and not read before somebody looks into it. Who
 * passes it on unread passes on its bytes. It cannot be changed. Safe for use from any thread.
 */
public final class UnreadJson extends AbstractMap<String, @Nullable Object> {
    private static final String UNICODE_ESCAPE = "\\u";

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private volatile @Nullable Map<String, @Nullable Object> members;

    private UnreadJson(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** An object that was checked. Keeps the array where the object is most of it, a copy of the range otherwise. */
    static UnreadJson of(byte[] bytes, int offset, int length) {
        return length > bytes.length / 2
                ? new UnreadJson(bytes, offset, length)
                : new UnreadJson(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
    }

    /** Its length as JSON, in bytes. */
    public int length() {
        return length;
    }

    /**
     * Whether a text of ASCII letters, digits and spaces may stand anywhere in it, without reading it. True also where an
     * escape might hide it.
     */
    public boolean mayMention(String text) {
        String raw = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        return raw.contains(text) || raw.contains(UNICODE_ESCAPE);
    }

    /** Writes its JSON to an array that has room for it. */
    void copyTo(byte[] target, int position) {
        System.arraycopy(bytes, offset, target, position, length);
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return members().entrySet();
    }

    @Override
    public @Nullable Object get(Object name) {
        return members().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return members().containsKey(name);
    }

    private Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> read = members;
        if (read == null) {
            read = Collections.unmodifiableMap(JsonReader.readChecked(bytes, offset, length));
            members = read;
        }
        return read;
    }
}
