package dev.foyer.dialect;

import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.socketio.UnreadJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object strictly: every field by its type, its size and its range, never coerced. Fields that nobody asks
 * for are ignored; {@code null} is the same as absent.
 *
 * <p>All methods throw {@link RoomException} {@code INVALID_MESSAGE} with a text that names the field.
 */
public final class Fields {
    private static final int MAX_DEPTH = 32;

    private final String path;
    private final Map<?, ?> object;

    private Fields(String path, Map<?, ?> object) {
        this.path = path;
        this.object = object;
    }

    /** The fields of a message. */
    public static Fields of(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            throw invalid("message", "an object");
        }
        return new Fields("", map);
    }

    /** Whether a field is there, even if it is {@code null}. */
    public boolean has(String name) {
        return object.containsKey(name);
    }

    /** Whether a field is {@code null} or not there. */
    public boolean isNull(String name) {
        return object.get(name) == null;
    }

    /** A required string of 1 to {@code max} characters, none of them a control character. */
    public String text(String name, int max) {
        return required(name, optionalText(name, max), "a string");
    }

    /** As {@link #text}, null when absent. */
    public @Nullable String optionalText(String name, int max) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.isEmpty() || text.length() > max || hasControlCharacters(text)) {
            throw invalid(path + name, "a string of 1 to " + max + " printable characters");
        }
        return text;
    }

    private static boolean hasControlCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** A required string of 0 to {@code max} characters of any kind. */
    public String longText(String name, int max) {
        if (!(object.get(name) instanceof String text) || text.length() > max) {
            throw invalid(path + name, "a string of at most " + max + " characters");
        }
        return text;
    }

    /** A required integer. */
    public long integer(String name, long min, long max) {
        return required(name, optionalInteger(name, min, max), "an integer");
    }

    /** As {@link #integer}, null when absent. */
    public @Nullable Long optionalInteger(String name, long min, long max) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Integer || value instanceof Long)) {
            throw invalid(path + name, "an integer");
        }
        long number = ((Number) value).longValue();
        if (number < min || number > max) {
            throw invalid(path + name, "an integer from " + min + " to " + max);
        }
        return number;
    }

    /** As {@link #integer} for a range within 32 bits. */
    public int number(String name, int min, int max) {
        return (int) integer(name, min, max);
    }

    /** As {@link #optionalInteger} for a range within 32 bits. */
    public @Nullable Integer optionalNumber(String name, int min, int max) {
        Long value = optionalInteger(name, min, max);
        return value == null ? null : value.intValue();
    }

    /** A required finite number. */
    public double real(String name, double min, double max) {
        return required(name, optionalReal(name, min, max), "a number");
    }

    /** As {@link #real}, null when absent. */
    public @Nullable Double optionalReal(String name, double min, double max) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(number >= min && number <= max)) {
            throw invalid(path + name, "a number from " + min + " to " + max);
        }
        return number;
    }

    /** A required boolean. */
    public boolean flag(String name) {
        return required(name, optionalFlag(name), "a boolean");
    }

    /** A boolean, or {@code absent} when it is not there. */
    public boolean flag(String name, boolean absent) {
        Boolean value = optionalFlag(name);
        return value == null ? absent : value;
    }

    /** A boolean, null when absent. */
    public @Nullable Boolean optionalFlag(String name) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Boolean flag)) {
            throw invalid(path + name, "a boolean");
        }
        return flag;
    }

    /** A required word of an enum, as its {@code toString} writes it. */
    public <E extends Enum<E>> E word(String name, Class<E> type) {
        return required(name, optionalWord(name, type), "a string");
    }

    /** As {@link #word}, null when absent. */
    public <E extends Enum<E>> @Nullable E optionalWord(String name, Class<E> type) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.toString().equals(value)) {
                return constant;
            }
        }
        throw invalid(path + name, "one of " + List.of(type.getEnumConstants()));
    }

    /** A required object. */
    public Fields object(String name) {
        return required(name, optionalObject(name), "an object");
    }

    /** As {@link #object}, null when absent. */
    public @Nullable Fields optionalObject(String name) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw invalid(path + name, "an object");
        }
        return new Fields(path + name + ".", map);
    }

    /** A list of objects, empty when absent. */
    public <T> List<T> list(String name, int max, Function<Fields, T> reader) {
        Object value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > max) {
            throw invalid(path + name, "an array of at most " + max + " objects");
        }
        List<T> result = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> map)) {
                throw invalid(path + name, "an array of objects");
            }
            result.add(reader.apply(new Fields(path + name + ".", map)));
        }
        return result;
    }

    /** A list of strings as for {@link #text}, empty when absent. */
    public List<String> texts(String name, int max, int maxLength) {
        Object value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > max) {
            throw invalid(path + name, "an array of at most " + max + " strings");
        }
        List<String> result = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof String)) {
                throw invalid(path + name, "an array of strings");
            }
            result.add(new Fields(path + name + ".", Map.of(name, element)).text(name, maxLength));
        }
        return result;
    }

    /**
     * An object whose fields are the client's own business and are passed on as they came, null when absent.
     *
     * @param max size, in characters of JSON give or take
     */
    public @Nullable Map<String, @Nullable Object> freeObject(String name, int max) {
        Object value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw invalid(path + name, "an object");
        }
        if (map instanceof UnreadJson unread && unread.length() <= max) {
            return unread;
        }
        checkSize(path + name, map, max);
        return copy(map, Set.of());
    }

    /** As {@link #freeObject}, empty when absent. */
    public Map<String, @Nullable Object> freeObjectOrEmpty(String name, int max) {
        Map<String, @Nullable Object> value = freeObject(name, max);
        return value == null ? Map.of() : value;
    }

    /** A value of any type that is the client's own business, null when absent. */
    public @Nullable Object free(String name, int max) {
        Object value = object.get(name);
        checkSize(path + name, value, max);
        return value;
    }

    /**
     * The whole message but for some fields, as it came.
     *
     * @param max as for {@link #freeObject}
     */
    public Map<String, @Nullable Object> without(Set<String> names, int max) {
        checkSize("message", object, max);
        return copy(object, names);
    }

    /** A refusal that names what is wrong. */
    public static RoomException invalid(String what, String expected) {
        return new RoomException(
                RoomErrorCode.INVALID_MESSAGE,
                RoomErrorCode.INVALID_MESSAGE.text() + ": " + what + " must be " + expected);
    }

    private <T> T required(String name, @Nullable T value, String expected) {
        if (value == null) {
            throw invalid(path + name, expected);
        }
        return value;
    }

    private static void checkSize(String what, @Nullable Object value, int max) {
        if (size(value, 1, max) > max) {
            throw invalid(what, "JSON of at most " + max + " characters and " + MAX_DEPTH + " levels");
        }
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map, Set<String> leftOut) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, field) -> {
            String name = String.valueOf(key);
            if (!leftOut.contains(name)) {
                copy.put(name, field);
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    /** Roughly how long a value is as JSON; more than {@code max} as soon as that is certain, or when it is no JSON. */
    private static int size(@Nullable Object value, int depth, int max) {
        int excess = max + 1;
        if (depth > MAX_DEPTH) {
            return excess;
        }
        int size = 2;
        switch (value) {
            case null -> size = 4;
            case String text -> size += text.length();
            case Boolean _ -> size = 5;
            case Number number -> size = number.toString().length();
            // Its escapes make it longer than it is said to be, so this never lets too much through.
            case UnreadJson unread when unread.length() <= max -> size = unread.length();
            case List<?> list -> {
                for (Object element : list) {
                    size += 1 + size(element, depth + 1, max - size);
                    if (size > max) {
                        return excess;
                    }
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    size += 4 + String.valueOf(entry.getKey()).length() + size(entry.getValue(), depth + 1, max - size);
                    if (size > max) {
                        return excess;
                    }
                }
            }
            default -> {
                return excess;
            }
        }
        return size;
    }
}
