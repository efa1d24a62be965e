package dev.foyer.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.documentation.FieldType;
import dev.foyer.documentation.ProtocolDoc;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * Every event that the documentation of a dialect names, with each of its fields missing and in turn replaced by each
 * hostile value, by somebody in a room of its own. Each is acknowledged, and none with an internal error.
 */
final class SocketEvents implements Attack {
    /** Below the burst that one socket may send. */
    private static final int MESSAGES_A_SOCKET = 200;

    private static final String SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    private final String dialect;
    private final String namespace;
    private final String join;
    private final Map<String, FieldType> events;

    /**
     * @param join an event and its argument that make the sender a member of a room
     */
    SocketEvents(String dialect, String namespace, String join) throws Exception {
        this.dialect = dialect;
        this.namespace = namespace;
        this.join = join;
        String title = dialect.equals("call") ? "Client asks" : "Client sends";
        this.events = ProtocolDoc.read().events(dialect, title);
    }

    @Override
    public void wave(ServerUnderAttack server) throws Exception {
        List<String> messages =
                messages(HostileValues.all(List.of(server.witness(dialect), "witness-" + dialect, "elsewhere-nobody")));
        List<String> broken = new ArrayList<>();
        try (HttpClient http = RawSocket.http()) {
            for (int from = 0; from < messages.size(); from += MESSAGES_A_SOCKET) {
                send(
                        http,
                        server.port(),
                        messages.subList(from, Math.min(messages.size(), from + MESSAGES_A_SOCKET)),
                        broken);
            }
        }
        assertEquals(List.of(), broken);
    }

    private void send(HttpClient http, int port, List<String> messages, List<String> broken) throws Exception {
        String prefix = namespace.equals("/") ? "" : namespace + ",";
        try (RawSocket socket = RawSocket.connected(http, port, namespace)) {
            socket.send("42" + prefix + "0" + join);
            JSONObject joined = answer(socket.next("43" + prefix + "0["));
            assertTrue(joined.getBoolean("success"), joined::toString);
            for (int i = 0; i < messages.size(); i++) {
                socket.send("42" + prefix + (i + 1) + messages.get(i));
            }
            for (int i = 0; i < messages.size(); i++) {
                String packet = socket.next("43" + prefix);
                int id = Integer.parseInt(packet, 2 + prefix.length(), packet.indexOf('['), 10);
                String message = messages.get(id - 1);
                JSONObject answer = answer(packet);
                if (!answer.has("success") || isBroken(answer, packet)) {
                    broken.add(message.substring(0, Math.min(200, message.length())) + " -> " + packet);
                }
            }
        }
    }

    private static boolean isBroken(JSONObject answer, String packet) throws Exception {
        return (!answer.getBoolean("success") && answer.getString("code").equals("INTERNAL"))
                || (packet.contains("java.") && packet.contains("Exception"));
    }

    private static JSONObject answer(String packet) throws Exception {
        return new JSONArray(packet.substring(packet.indexOf('['))).getJSONObject(0);
    }

    private List<String> messages(List<String> values) {
        List<String> messages = new ArrayList<>();
        events.forEach((event, type) -> {
            String name = JSONObject.quote(event);
            for (String argument : values) {
                messages.add("[" + name + "," + argument + "]");
            }
            messages.add("[" + name + "]");
            Map<String, FieldType.Field> fields = ((FieldType.Fields) type).fields();
            for (String spoiled : fields.keySet()) {
                messages.add("[" + name + "," + object(fields, spoiled, null) + "]");
                for (String value : values) {
                    messages.add("[" + name + "," + object(fields, spoiled, value) + "]");
                }
            }
        });
        return messages;
    }

    /** An object with all its fields but one, which has a value or is not there. */
    private static String object(Map<String, FieldType.Field> fields, String spoiled, String value) {
        List<String> members = new ArrayList<>();
        fields.forEach((name, field) -> {
            String text = name.equals(spoiled) ? value : ordinary(name, field.type());
            if (text != null) {
                members.add(JSONObject.quote(name) + ":" + text);
            }
        });
        return "{" + String.join(",", members) + "}";
    }

    private static String ordinary(String name, FieldType type) {
        return switch (type) {
            case FieldType.Simple(String word) ->
                switch (word) {
                    case "string" -> name.equals("sdp") ? JSONObject.quote(SDP) : "\"attacked\"";
                    case "number" -> "1";
                    case "boolean" -> "true";
                    default -> "{\"a\":1}";
                };
            case FieldType.Listed _ -> "[]";
            case FieldType.Named(String object)
            when object.equals("Description") ->
                "{\"type\":\"" + (name.equals("answer") ? "answer" : "offer") + "\",\"sdp\":" + JSONObject.quote(SDP)
                        + "}";
            default -> "{}";
        };
    }
}
