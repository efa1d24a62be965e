package dev.foyer.app;

import java.io.IOException;
import java.util.Locale;

/** A server that cannot listen where it should. Its message is the one line that stops the start. */
public final class ListenException extends IOException {
    private static final long serialVersionUID = 1L;

    ListenException(String host, int port, Throwable cause) {
        super("cannot listen on %s, port %d: %s".formatted(host, port, reason(cause)), cause);
    }

    /** In words of the settings. Java's own exceptions and those of the native transports have only a text in common. */
    private static String reason(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("address already in use")) {
            return "the port is in use (PORT chooses another)";
        } else if (lower.contains("cannot assign requested address")) {
            return "not an address of this machine (HOST chooses another)";
        } else if (lower.contains("permission denied")) {
            return "this user may not (PORT chooses another)";
        }
        return text;
    }
}
