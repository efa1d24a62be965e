package dev.foyer.app;

/** A file that HTTPS cannot be served with. Its message says which variable names it, and why, in one line. */
final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFileException(String line) {
        super(line, null, false, false);
    }
}
