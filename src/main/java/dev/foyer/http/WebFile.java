package dev.foyer.http;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One file of the web client. The buffers are never written to and may be sent any number of times.
 *
 * @param type its media type
 * @param immutable whether its name changes with its content
 * @param etag a strong entity tag, quotes included
 * @param plain the content
 * @param gzip the content compressed; null when that is not worth it
 */
record WebFile(
        String type,
        boolean immutable,
        String etag,
        Buffer plain,
        @Nullable Buffer gzip) {}
