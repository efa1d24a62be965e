package dev.foyer.room;

import java.util.concurrent.CompletionException;

/** Fails a {@link RoomCommand}. Carries no stack trace: it is an answer, not a bug. */
public final class RoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RoomErrorCode code;

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
        super(text, null, false, false);
        this.code = code;
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
}
