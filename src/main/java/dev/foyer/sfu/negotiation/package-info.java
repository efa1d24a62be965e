/**
 * Pure ORTC functions: which codecs, header extensions and streams a router, a producer and a consumer agree on.
 *
 * <p>The meaning is mediasoup's, so that an unmodified mediasoup-client works. Session descriptions of plain peer
 * connections come to the same functions: a {@link dev.foyer.sfu.negotiation.RemoteDescription} holds, for each
 * section, capabilities and parameters in the client's own numbers, and a
 * {@link dev.foyer.sfu.negotiation.LocalDescription} is written in them.
 *
 * <p>Everything here is stateless, blocks nowhere and may be called on any thread; records come in, new records go out.
 * What a client sent wrong is a checked {@link dev.foyer.sfu.negotiation.NegotiationException}: three steps in a row may
 * refuse, and the compiler makes the caller turn the refusal into its own answer.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.sfu.negotiation;
