/**
 * What the server says over plain HTTP: health, statistics, metrics, the web client, WHIP and WHEP.
 *
 * <p>Everything here runs on the event loop of the connection that asks.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.http;
