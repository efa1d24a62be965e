package dev.foyer.webhook;

import java.nio.charset.StandardCharsets;

/**
 * An event on its way to one endpoint.
 *
 * @param id the event's, the same for every endpoint and attempt
 * @param atMillis when it happened, milliseconds since 1970
 * @param path percent-encoded, appended to the endpoint's own; may be empty
 * @param body JSON
 */
record Letter(String id, long atMillis, String path, String body) {
    /** What a letter weighs beside its texts: the record, the fields of its line in a file. */
    private static final int OVERHEAD_BYTES = 128;

    /** What it counts against the limit of what waits. */
    int weight() {
        return OVERHEAD_BYTES + path.length() + body.getBytes(StandardCharsets.UTF_8).length;
    }
}
