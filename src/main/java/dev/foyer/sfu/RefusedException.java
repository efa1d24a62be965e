package dev.foyer.sfu;

/** A router's answer to a request that it does not carry out. Has no stack trace: nothing is broken. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;

    /**
     * @param message one line for the client's developer; no secrets, no addresses
     */
    public RefusedException(RefusalReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The kind of refusal. */
    public RefusalReason reason() {
        return reason;
    }
}
