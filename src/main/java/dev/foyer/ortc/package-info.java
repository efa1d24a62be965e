/**
 * The records that travel between clients, rooms and the SFU: capabilities, RTP parameters, transport parameters.
 *
 * <p>Names and shapes are those of the ORTC object model as mediasoup-client speaks it, so that a record written as
 * JSON is what that client expects. All records are immutable; lists and maps are defensive copies.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.ortc;
