package dev.foyer.ortc;

import org.jspecify.annotations.Nullable;

/**
 * Something that the server sends, or will send, on a connection negotiated by SDP. It takes one m-section.
 *
 * @param key names it among the sources of a connection; a source keeps its m-section as long as its key is in the plan
 * @param kind audio or video
 * @param producerId what is sent now, or null while there is nothing; another producer under the same key takes over
 *     within the same stream
 */
public record MediaSource(
        String key, MediaKind kind, @Nullable String producerId) {}
