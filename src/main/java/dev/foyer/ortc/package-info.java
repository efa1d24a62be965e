/**
 * The records that travel between clients, rooms and the SFU: capabilities, RTP parameters, transport parameters.
 *
 * <p>Names and shapes are those of the ORTC object model as mediasoup-client speaks it, so that a record written as
 * JSON is what that client expects. All records are immutable; lists and maps are defensive copies, and a member
 * that mediasoup-client may leave out of its JSON gets its default, so that no reader of a record meets a null that
 * is not annotated.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.ortc;
