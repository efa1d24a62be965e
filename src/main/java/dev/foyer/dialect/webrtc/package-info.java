/** The {@code webrtc} dialect: a mesh of plain {@code RTCPeerConnection}s with events {@code webrtc:*}, in several rooms. */
@org.jspecify.annotations.NullMarked
package dev.foyer.dialect.webrtc;
