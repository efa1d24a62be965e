/**
 * RTP packets as flyweights over byte arrays: headers, header extensions, payload descriptors and the arithmetic of
 * wrapping numbers. Nothing here keeps a buffer beyond the next {@code wrap}.
 */
@NullMarked
package dev.foyer.protocol.rtp;

import org.jspecify.annotations.NullMarked;
