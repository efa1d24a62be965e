package dev.foyer.dialect;

import dev.foyer.socketio.Socket;

/** Records that are marked with {@link Event}, on their way to clients. */
public final class Messages {
    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            Event event = type.getAnnotation(Event.class);
            if (event == null) {
                throw new IllegalArgumentException(type + " is not marked as an event");
            }
            return event.value();
        }
    };

    private Messages() {}

    /** The event as which records of a type travel. */
    public static String event(Class<? extends Record> type) {
        return NAMES.get(type);
    }

    /** Sends a record to a client. */
    public static void emit(Socket socket, Record message) {
        socket.emit(event(message.getClass()), JsonWriter.object(message));
    }
}
