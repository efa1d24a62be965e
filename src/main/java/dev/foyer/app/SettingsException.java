package dev.foyer.app;

/** A configuration that cannot be meant. Its message is the one line that stops the start. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(String line) {
        super(line, null, false, false);
    }
}
