/** The {@code guide} dialect: plain {@code RTCPeerConnection}s between users, mesh or SFU by room, in several rooms. */
@org.jspecify.annotations.NullMarked
package dev.foyer.dialect.guide;
