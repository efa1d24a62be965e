/**
 * STUN messages as ICE needs them (RFC 8489): a strict reader over the received bytes and a writer of replies.
 *
 * <p>Numbers of the protocol, HMAC and CRC come from ice4j's codec. Its {@code Message} itself serves the tests as an
 * independent reference but not these packets: decoding throws on bad input, reads attributes past the message's end,
 * lets a second MESSAGE-INTEGRITY replace the first, and encoding with integrity asks a {@code StunStack} with threads
 * of its own for the key.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.protocol.stun;
