package dev.foyer.socketio;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a client sent it: well-formed, within all limits, and not read before somebody looks into it. Who
 * passes it on unread passes on its bytes. It cannot be changed. Safe for use from any thread.
 */
public final class UnreadJson extends AbstractMap<String, @Nullable Object> {
    private final byte[] json;
    private volatile @Nullable Map<String, @Nullable Object> members;

    /** Takes the array. */
    UnreadJson(byte[] json) {
        this.json = json;
    }

    /** Its length as JSON, in bytes. */
    public int length() {
        return json.length;
    }

    /** Its JSON. Nobody writes to it. */
    byte[] json() {
        return json;
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
            read = Collections.unmodifiableMap(JsonReader.readChecked(json));
            members = read;
        }
        return read;
    }
}
