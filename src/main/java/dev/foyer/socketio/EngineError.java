package dev.foyer.socketio;

import java.nio.charset.StandardCharsets;

/** Refusals of a request, with the bodies that Engine.IO gives them. */
enum EngineError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SID(400, 1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(400, 5, "Unsupported protocol version"),
    PAYLOAD_TOO_LARGE(413, 3, "Payload too large"),
    TOO_MANY_CONNECTIONS(429, 4, "Too many connections"),
    CLOSING(503, 4, "Server is closing");

    private final int status;
    private final String body;

    EngineError(int status, int code, String message) {
        this.status = status;
        this.body = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    /** HTTP status. */
    int status() {
        return status;
    }

    /** JSON in UTF-8. */
    byte[] body() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
