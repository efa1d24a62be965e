/** The {@code signaling} dialect: a mesh of plain {@code RTCPeerConnection}s, one room at a time, in its own namespace. */
@org.jspecify.annotations.NullMarked
package dev.foyer.dialect.signaling;
