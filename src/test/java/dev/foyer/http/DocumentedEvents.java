package dev.foyer.http;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Events of webhooks against the API's document. */
public final class DocumentedEvents {
    private static final DocumentedAnswers DOCUMENT = new DocumentedAnswers();

    private DocumentedEvents() {}

    /** What is wrong with an event; empty when it is as documented. */
    public static List<String> faults(JsonObject event) {
        String schema = event.getString("type").startsWith("room.") ? "RoomEvent" : "ParticipantEvent";
        return DOCUMENT.errors(schema, event.encode());
    }
}
