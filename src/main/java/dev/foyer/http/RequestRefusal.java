package dev.foyer.http;

/** Ends a request with an error. Carries no stack trace: it is an answer, not a bug. */
final class RequestRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpError error;

    /**
     * @param text one line for the client's developer; no secrets, no addresses
     */
    RequestRefusal(HttpError error, String text) {
        super(text, null, false, false);
        this.error = error;
    }

    HttpError error() {
        return error;
    }
}
