package dev.foyer.http;

import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures that HTTP can answer with, each as {@code {success:false, error, code}}. Every code of a room's refusals is
 * here under its own name; where several have one status, the first stands for the status itself.
 */
enum HttpError {
    INVALID_MESSAGE(400, RoomErrorCode.INVALID_MESSAGE),
    UNAUTHORIZED(401, RoomErrorCode.UNAUTHORIZED),
    TOKEN_EXPIRED(401, RoomErrorCode.TOKEN_EXPIRED),
    FORBIDDEN(403, RoomErrorCode.FORBIDDEN),
    LOBBY(403, RoomErrorCode.LOBBY),
    INVITATION_NEEDED(403, RoomErrorCode.INVITATION_NEEDED),
    KICKED(403, RoomErrorCode.KICKED),
    BANNED(403, RoomErrorCode.BANNED),
    NOT_FOUND(404, "Not found"),
    ROOM_NOT_FOUND(404, RoomErrorCode.ROOM_NOT_FOUND),
    PARTICIPANT_NOT_FOUND(404, RoomErrorCode.PARTICIPANT_NOT_FOUND),
    TRANSPORT_NOT_FOUND(404, RoomErrorCode.TRANSPORT_NOT_FOUND),
    PRODUCER_NOT_FOUND(404, RoomErrorCode.PRODUCER_NOT_FOUND),
    CONSUMER_NOT_FOUND(404, RoomErrorCode.CONSUMER_NOT_FOUND),
    NOT_IN_ROOM(404, RoomErrorCode.NOT_IN_ROOM),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, RoomErrorCode.NOT_ACCEPTABLE),
    REQUEST_TIMEOUT(408, "Request timeout"),
    CONFLICT(409, "Conflict"),
    ROOM_FULL(409, RoomErrorCode.ROOM_FULL),
    ROOM_CLOSED(409, RoomErrorCode.ROOM_CLOSED),
    ROOM_LOCKED(409, RoomErrorCode.ROOM_LOCKED),
    RECORDING_IN_PROGRESS(409, RoomErrorCode.RECORDING_IN_PROGRESS),
    NO_RECORDING(409, RoomErrorCode.NO_RECORDING),
    PRECONDITION_FAILED(412, "Precondition failed"),
    PAYLOAD_TOO_LARGE(413, "Payload too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    UNPROCESSABLE(422, "Unprocessable content"),
    CANNOT_CONSUME(422, RoomErrorCode.CANNOT_CONSUME),
    PRECONDITION_REQUIRED(428, "Precondition required"),
    RATE_LIMITED(429, RoomErrorCode.RATE_LIMITED),
    INTERNAL(500, RoomErrorCode.INTERNAL),
    DRAINING(503, RoomErrorCode.DRAINING),
    SFU_UNAVAILABLE(503, RoomErrorCode.SFU_UNAVAILABLE);

    private static final Logger log = LoggerFactory.getLogger(HttpError.class);

    private final int status;
    private final String text;

    HttpError(int status, RoomErrorCode code) {
        this(status, code.text());
    }

    HttpError(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The error that fits a status that the router came to. */
    static HttpError of(int status) {
        for (HttpError error : values()) {
            if (error.status == status) {
                return error;
            }
        }
        return status >= 400 && status < 500 ? INVALID_MESSAGE : INTERNAL;
    }

    /** The error for a room's refusal. */
    static HttpError of(RoomErrorCode code) {
        return valueOf(code.name());
    }

    /** The error for what a room, or the reading of a request, refused; {@code INTERNAL} for what is no refusal. */
    static HttpError of(Throwable failure) {
        return switch (cause(failure)) {
            case RoomException refusal -> of(refusal.code());
            case RequestRefusal refusal -> refusal.error();
            default -> INTERNAL;
        };
    }

    /** Ends a response with what a room, or the reading of a request, refused; what is no refusal is a bug and is logged. */
    static void end(HttpServerResponse response, Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof RoomException || cause instanceof RequestRefusal) {
            if (cause instanceof RoomException refusal && refusal.retryAfterMillis() > 0 && !response.headWritten()) {
                // The header has whole seconds (RFC 9110, section 10.2.3).
                response.putHeader(
                        HttpHeaders.RETRY_AFTER, Long.toString(Math.ceilDiv(refusal.retryAfterMillis(), 1_000L)));
            }
            of(cause).end(response, String.valueOf(cause.getMessage()));
        } else {
            log.error("an HTTP request failed", cause);
            INTERNAL.end(response);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What it says when nothing more is known. */
    String text() {
        return text;
    }

    /** Its HTTP status. */
    int status() {
        return status;
    }

    /** Ends a response with this error, unless its head is already out. */
    void end(HttpServerResponse response) {
        end(response, text);
    }

    /** As {@link #end(HttpServerResponse)}, with a text of its own. */
    void end(HttpServerResponse response, String error) {
        if (response.ended() || response.headWritten()) {
            response.reset();
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (status == UNAUTHORIZED.status) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(new JsonObject()
                .put("success", false)
                .put("error", error)
                .put("code", name())
                .encode());
    }
}
