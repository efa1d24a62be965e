package dev.foyer.documentation;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.DialectHouse;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Sends messages as the documentation describes them to a dialect, and observes which fields it reads and misses. */
final class SentMessages {
    /** Of these messages one optional field has to be there. */
    private static final Set<String> ONE_OF = Set.of("signal", "getStats");

    /** Where any string or number will not do: by the whole path, or by the field's name. */
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("userId", "u"),
            Map.entry("kind", "video"),
            Map.entry("direction", "send"),
            Map.entry("action", "mute"),
            Map.entry("mode", "sfu"),
            Map.entry("state", "connected"),
            Map.entry("role", "participant"),
            Map.entry("type", "mansion"),
            Map.entry("topology", "sfu"),
            Map.entry("DtlsParameters.role", "client"),
            Map.entry("offer.type", "offer"),
            Map.entry("answer.type", "answer"),
            Map.entry("webrtc:offer.offer.type", "offer"),
            Map.entry("webrtc:answer.answer.type", "answer"),
            Map.entry("webrtc-offer.offer.type", "offer"),
            Map.entry("webrtc-answer.answer.type", "answer"));

    private final Protocol protocol;
    private final Map<String, FieldType> objects;
    private final Set<String> seen;

    /**
     * @param protocol the dialect
     * @param objects what the names of types stand for
     * @param seen takes each field that was read, as {@code owner.field}
     */
    SentMessages(Protocol protocol, Map<String, FieldType> objects, Set<String> seen) {
        this.protocol = protocol;
        this.objects = objects;
        this.seen = seen;
    }

    /** Fails unless the dialect reads exactly the fields of a message, and needs exactly those that have to be there. */
    void check(String event, FieldType type) {
        FieldType.Fields fields = (FieldType.Fields) type;
        List<String> required = new ArrayList<>();
        List<String> optional = new ArrayList<>();
        fields.fields().forEach((name, field) -> (field.optional() ? optional : required).add(name));
        Set<String> read = new TreeSet<>();
        List<List<String>> variants = new ArrayList<>();
        optional.forEach(name -> {
            List<String> variant = new ArrayList<>(required);
            variant.add(name);
            variants.add(variant);
        });
        if (!ONE_OF.contains(event)) {
            variants.add(required);
        }
        for (List<String> variant : variants) {
            if (refused(event, message(event, fields, variant, read))) {
                throw new AssertionError(event + " was refused with " + variant);
            }
        }
        for (String missing : required) {
            List<String> variant = new ArrayList<>(variants.getFirst());
            variant.remove(missing);
            if (!refused(event, message(event, fields, variant, read))) {
                throw new AssertionError(event + " was understood without " + missing);
            }
        }
        checkRead(event, fields, read);
    }

    private void checkRead(String event, FieldType.Fields fields, Set<String> read) {
        Set<String> known = new TreeSet<>();
        fields.fields().keySet().forEach(name -> known.add(event + "." + name));
        Set<String> unread = new TreeSet<>(known);
        unread.removeAll(read);
        if (!unread.isEmpty()) {
            throw new AssertionError("documented, but not read: " + unread);
        }
        for (String name : read) {
            String owner = name.substring(0, name.lastIndexOf('.'));
            if (objects.get(owner) instanceof FieldType.Fields object) {
                object.fields().keySet().forEach(field -> known.add(owner + "." + field));
            }
        }
        Set<String> undocumented = new TreeSet<>(read);
        undocumented.removeAll(known);
        undocumented.removeIf(name -> name.substring(0, name.lastIndexOf('.')).contains("."));
        if (!undocumented.isEmpty()) {
            throw new AssertionError("read, but not documented: " + undocumented);
        }
        seen.addAll(read);
    }

    /** Whether the message itself is refused, by whom everything else is allowed. */
    private boolean refused(String event, Map<String, Object> message) {
        DialectHouse house = new DialectHouse(protocol);
        FakeSocket socket = house.connect("socket", new Identity("u", null, null, null, null));
        return "INVALID_MESSAGE".equals(house.ask(socket, event, message).get("code"));
    }

    private Map<String, Object> message(String event, FieldType.Fields fields, List<String> names, Set<String> read) {
        Map<String, Object> message = new ReadFields(event, read);
        for (String name : names) {
            message.put(
                    name,
                    sample(event + "." + name, name, fields.fields().get(name).type(), read));
        }
        return message;
    }

    private Object sample(String path, String name, FieldType type, Set<String> read) {
        return switch (type) {
            case FieldType.Listed listed -> List.of(sample(path, name, listed.of(), read));
            case FieldType.Named named ->
                object(named.name(), path, (FieldType.Fields) objects.get(named.name()), read);
            case FieldType.Fields fields -> object(path, path, fields, read);
            case FieldType.Simple simple -> {
                Object value = VALUES.getOrDefault(path, VALUES.getOrDefault(ownPath(path), VALUES.get(name)));
                yield value != null && simple.word().equals("string") ? value : simpleSample(simple.word());
            }
        };
    }

    private Map<String, Object> object(String owner, String path, FieldType.Fields fields, Set<String> read) {
        Map<String, Object> object = new ReadFields(owner, read);
        fields.fields()
                .forEach((field, type) -> object.put(field, sample(path + "." + field, field, type.type(), read)));
        return object;
    }

    private static String ownPath(String path) {
        return path.endsWith("dtlsParameters.role") ? "DtlsParameters.role" : path;
    }

    private static Object simpleSample(String word) {
        return switch (word) {
            case "number" -> 1;
            case "boolean" -> true;
            case "object" -> new LinkedHashMap<>(Map.of("k", "v"));
            default -> "x";
        };
    }
}
