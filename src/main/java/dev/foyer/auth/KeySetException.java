package dev.foyer.auth;

/** A key set that cannot be had or cannot be used. Its message says why, beginning with a verb. */
public final class KeySetException extends Exception {
    private static final long serialVersionUID = 1L;

    KeySetException(String why) {
        super(why, null, false, false);
    }
}
