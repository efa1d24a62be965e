/**
 * Session descriptions (RFC 8866) as WebRTC uses them (RFC 9429): text to records and back. What is written in them is
 * judged elsewhere; this package only bounds it, so that a description of any size and shape is either records or an
 * {@link dev.foyer.protocol.sdp.SdpException}.
 */
@NullMarked
package dev.foyer.protocol.sdp;

import org.jspecify.annotations.NullMarked;
