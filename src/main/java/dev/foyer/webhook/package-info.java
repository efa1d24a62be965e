/**
 * Tells other servers, by HTTP, what happens in rooms: events signed, kept on disk until delivered, in order for each
 * endpoint, tried again until they are too old.
 *
 * <p>Nothing here makes a room wait: what it observes is queued within a bound, files are written by a thread of their
 * own, and requests run on an event loop.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.webhook;
