package dev.foyer.socketio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Acknowledgements that one socket waits for. Used in the socket's tasks. */
final class PendingAcks {
    private final Map<Long, Pending> pending = new HashMap<>();

    private record Pending(Consumer<AckReply> reply, Loop.Timer timeout) {}

    /** Waits for an acknowledgement. */
    void await(long id, Consumer<AckReply> reply, long timeoutMillis, SerialExecutor executor) {
        Loop.Timer timeout = executor.schedule(timeoutMillis, () -> settle(id, new AckReply.TimedOut()));
        pending.put(id, new Pending(reply, timeout));
    }

    /** Tells who waits for it; nobody does for an unknown id. */
    void settle(long id, AckReply outcome) {
        Pending waiting = pending.remove(id);
        if (waiting != null) {
            waiting.timeout.cancel();
            waiting.reply.accept(outcome);
        }
    }

    /** Tells everybody that nothing will come any more. */
    void abandon() {
        List<Long> ids = new ArrayList<>(pending.keySet());
        for (long id : ids) {
            settle(id, new AckReply.Disconnected());
        }
    }
}
