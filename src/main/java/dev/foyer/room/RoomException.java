package dev.foyer.room;

import java.util.concurrent.CompletionException;

/** Fails a {@link RoomCommand}. Carries no stack trace: it is an answer, not a bug. */
public final class RoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RoomErrorCode code;
    private final long retryAfterMillis;

    /** A refusal with the code's own text. */
    public RoomException(RoomErrorCode code) {
        this(code, code.text());
    }

    /**
     * A refusal with a text of its own.
     *
     * @param text one line for the client's developer; no secrets, no addresses
     */
    public RoomException(RoomErrorCode code, String text) {
        this(code, text, 0);
    }

    private RoomException(RoomErrorCode code, String text, long retryAfterMillis) {
        super(text, null, false, false);
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    /**
     * A refusal for now, {@code RATE_LIMITED}.
     *
     * @param what of which there are too many, in the plural
     * @param retryAfterMillis when it is worth another try, at least 1
     */
    public static RoomException tooMany(String what, long retryAfterMillis) {
        return new RoomException(RoomErrorCode.RATE_LIMITED, "Too many " + what, retryAfterMillis);
    }

    /** What a stage failed with; anything but a refusal is {@code INTERNAL}. */
    static RoomException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RoomException refusal ? refusal : new RoomException(RoomErrorCode.INTERNAL);
    }

    /** The kind of refusal. */
    public RoomErrorCode code() {
        return code;
    }

    /** Milliseconds until it is worth another try; 0 when nothing is known of that. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
