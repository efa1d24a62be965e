package dev.foyer.dialect;

import dev.foyer.socketio.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends what is more than a record: replies that are events as well, and messages of other clients. */
public final class EventWriter {
    private EventWriter() {}

    /** Sends a record to who asked, and the same as acknowledgement if one is waited for. */
    public static void reply(Client client, Record message, Answer answer) {
        Map<String, @Nullable Object> json = JsonWriter.object(message);
        client.socket().emit(Messages.event(message.getClass()), json);
        answer.succeed(success(json));
    }

    /** The acknowledgement of a success, as the dialects write it that have no {@code data} in it. */
    public static Map<String, @Nullable Object> success(Map<String, ? extends @Nullable Object> fields) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("success", true);
        json.putAll(fields);
        return json;
    }

    /**
     * Passes on a description of another client, or the server's own in its place.
     *
     * @param own the server's, sent when there is no {@code message}
     * @param sender as for {@link #relay}
     * @param message as for {@link #relay}, or null
     */
    public static void signal(
            Socket socket,
            Record own,
            Map<String, ?> sender,
            @Nullable Map<String, ? extends @Nullable Object> message) {
        if (message == null) {
            Messages.emit(socket, own);
        } else {
            relay(socket, own.getClass(), sender, message);
        }
    }

    /**
     * Passes on what another client sent.
     *
     * @param event as which records of this type travel, too
     * @param sender whom it is from, as the server knows it; wins over what the message says
     * @param message everything else, as it came
     */
    public static void relay(
            Socket socket,
            Class<? extends Record> event,
            Map<String, ?> sender,
            Map<String, ? extends @Nullable Object> message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(message);
        json.putAll(sender);
        socket.emit(Messages.event(event), json);
    }
}
