package dev.foyer.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long-polling: the client keeps one GET open, which is answered with everything there is, and sends by POST, one at
 * a time. Used in the session's tasks.
 */
final class PollingTransport implements EngineTransport {
    static final String NAME = "polling";

    /** An HTTP request that waits for its answer. Its methods may be called from any thread. */
    interface Exchange {
        /** Answers with a payload. */
        void payload(byte[] payload);

        /** Answers a POST that was taken. */
        void ok();

        /** Answers with an error. */
        void refuse(EngineError error);
    }

    private @Nullable Exchange poll;
    private boolean posting;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean writable() {
        return poll != null;
    }

    /** Whether this is the poll that is waiting. */
    boolean waiting(Exchange exchange) {
        return exchange.equals(poll);
    }

    /** Takes a GET. False when one is waiting already. */
    boolean poll(Exchange exchange) {
        if (poll != null) {
            return false;
        }
        poll = exchange;
        return true;
    }

    /** Marks the begin of a POST. False when one is being read already. */
    boolean beginPost() {
        if (posting) {
            return false;
        }
        posting = true;
        return true;
    }

    /** Marks its end. */
    void endPost() {
        posting = false;
    }

    @Override
    public long write(ArrayDeque<OutboundFrame> frames) {
        List<OutboundFrame> batch = new ArrayList<>(frames);
        frames.clear();
        long bytes = 0;
        for (OutboundFrame frame : batch) {
            bytes += frame.size();
        }
        Exchange answered = poll;
        poll = null;
        if (answered != null) {
            answered.payload(EngineIoPacket.encodePayload(batch));
        }
        return bytes;
    }

    @Override
    public void end(OutboundFrame farewell) {
        Exchange answered = poll;
        poll = null;
        if (answered != null) {
            answered.payload(farewell.bytes());
        }
    }

    @Override
    public void kill() {
        Exchange refused = poll;
        poll = null;
        if (refused != null) {
            refused.refuse(EngineError.BAD_REQUEST);
        }
    }
}
