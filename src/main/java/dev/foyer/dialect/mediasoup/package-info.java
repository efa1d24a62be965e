/**
 * The {@code mediasoup} dialect: mediasoup-client over events with a prefix, each answered by an event of its own, and the
 * HTTP API that belongs to it. A socket may be in several rooms.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.dialect.mediasoup;
