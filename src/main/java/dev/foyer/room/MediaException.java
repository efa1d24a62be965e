package dev.foyer.room;

/** Fails a {@link MediaSession} request. Carries no stack trace: it is an answer, not a bug. */
public final class MediaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final MediaError error;

    /**
     * @param error the kind of refusal
     * @param message one line for the client's developer; no secrets, no addresses
     */
    public MediaException(MediaError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    /** The kind of refusal. */
    public MediaError error() {
        return error;
    }
}
