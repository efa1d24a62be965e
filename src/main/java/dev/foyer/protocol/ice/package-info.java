/**
 * The server's side of ICE (RFC 8445): a lite agent as a state machine without socket, thread or clock. {@link
 * dev.foyer.protocol.ice.IceLiteAgent} answers connectivity checks and knows which address the peer has nominated.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.protocol.ice;
