package dev.foyer.protocol.sdp;

/** Says what is wrong with a description. Carries no stack trace: it is an answer to a client, not a bug. */
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line for the client's developer, without any of the client's own text
     */
    public SdpException(String message) {
        super(message, null, false, false);
    }
}
