package dev.foyer.sfu.negotiation;

/** Refuses capabilities or parameters. Carries no stack trace: it is an answer to a client, not a bug. */
public final class NegotiationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final NegotiationError error;

    /**
     * @param error the kind of refusal
     * @param message one line for the client's developer
     */
    public NegotiationException(NegotiationError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    static NegotiationException invalid(String message) {
        return new NegotiationException(NegotiationError.INVALID, message);
    }

    static NegotiationException unsupported(String message) {
        return new NegotiationException(NegotiationError.UNSUPPORTED, message);
    }

    /** The kind of refusal. */
    public NegotiationError error() {
        return error;
    }
}
