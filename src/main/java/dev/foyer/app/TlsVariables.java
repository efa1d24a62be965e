package dev.foyer.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what HTTPS is served with. */
final class TlsVariables {
    private TlsVariables() {}

    /** The files, whose content was looked at; null when none are named, which means plain HTTP. Blocks. */
    static @Nullable TlsSettings read(Variables variables) {
        Path certificate = path(variables, TlsFiles.CERTIFICATE);
        Path key = path(variables, TlsFiles.KEY);
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new SettingsException("TLS_CERT and TLS_KEY belong together: set both, or neither for plain HTTP");
        }
        TlsSettings settings = new TlsSettings(certificate, key);
        try {
            new TlsFiles(settings).load();
        } catch (TlsFileException wrong) {
            throw new SettingsException(String.valueOf(wrong.getMessage()));
        }
        return settings;
    }

    private static @Nullable Path path(Variables variables, String name) {
        String text = variables.text(name);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException _) {
            throw variables.wrong(name, "the path of a file");
        }
    }
}
