package dev.foyer.app;

import java.nio.file.Path;

/**
 * The files that HTTPS is served with, in PEM.
 *
 * @param certificate the server's certificate first, then those that lead from it to one that clients trust
 * @param key the private key of the server's certificate
 */
public record TlsSettings(Path certificate, Path key) {}
