package dev.foyer.dialect;

import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.socketio.Ack;
import dev.foyer.socketio.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one event of a client: by its callback if it passed one. Without one a success says nothing and a failure
 * is told in the dialect's own way. Any thread.
 */
public final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private static final String RETRY_AFTER = "retryAfterMs";

    private final Socket socket;
    private final String event;
    private final @Nullable Ack ack;
    private final Refusal refusal;

    /** An answer to an event that has just arrived. */
    Answer(Socket socket, String event, @Nullable Ack ack, Refusal refusal) {
        this.socket = socket;
        this.event = event.length() > 64 ? event.substring(0, 64) : event;
        this.ack = ack;
        this.refusal = refusal;
    }

    /** Passes the dialect's own success object. */
    public void succeed(Map<String, ? extends @Nullable Object> reply) {
        if (ack != null) {
            ack.reply(reply);
        }
    }

    /** Passes a failure in the words of all dialects; what is no {@link RoomException} is a bug and is logged. */
    public void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RoomException refused) {
            long wait = refused.retryAfterMillis();
            fail(refused.code(), String.valueOf(refused.getMessage()), wait > 0 ? Map.of(RETRY_AFTER, wait) : Map.of());
        } else {
            LOG.error("event {} failed", event, cause);
            fail(RoomErrorCode.INTERNAL, RoomErrorCode.INTERNAL.text(), Map.of());
        }
    }

    /** Says that the client sends too much. */
    public void rateLimited(long retryAfterMillis) {
        fail(RoomErrorCode.RATE_LIMITED, RoomErrorCode.RATE_LIMITED.text(), Map.of(RETRY_AFTER, retryAfterMillis));
    }

    private void fail(RoomErrorCode code, String text, Map<String, Object> more) {
        if (ack == null) {
            refusal.tell(socket, event, code, text, more);
            return;
        }
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("success", false);
        reply.put("error", text);
        reply.put("code", code.name());
        reply.putAll(more);
        ack.reply(reply);
    }
}
