package dev.foyer.documentation;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records with something in every component. */
final class Samples {
    private final boolean full;

    private Samples(boolean full) {
        this.full = full;
    }

    /** A record in which everything is there that may be. */
    static <R> R full(Class<R> type) {
        return new Samples(true).record(type);
    }

    /** A record in which only that is there which must be. */
    static <R> R minimal(Class<R> type) {
        return new Samples(false).record(type);
    }

    private <R> R record(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i]);
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type, e);
        }
    }

    private Object value(RecordComponent component) {
        if (!full && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        return switch (component.getName()) {
            case "retryAfterMs" -> 1L;
            // Mesh signaling passes unread; a client writes one of these.
            case "payload" -> full ? Map.of("description", Map.of(), "candidate", Map.of()) : Map.of();
            default -> value(component.getGenericType());
        };
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return raw == List.class ? List.of(value(generic.getActualTypeArguments()[0])) : Map.of("k", "v");
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        if (raw.isSealed()) {
            return value(raw.getPermittedSubclasses()[0]);
        }
        return switch (raw.getSimpleName()) {
            case "String", "Object" -> "x";
            case "int", "Integer" -> 1;
            case "long", "Long" -> 1L;
            case "double", "Double" -> 1.0;
            case "boolean", "Boolean" -> true;
            default -> throw new AssertionError("no sample of " + raw);
        };
    }
}
