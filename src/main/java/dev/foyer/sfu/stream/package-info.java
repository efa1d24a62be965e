/**
 * What happens to a single RTP stream: on the receive side loss, jitter, retransmission requests and key frames; on the
 * send side rewriting, continuity across pauses and switches, reports and retransmission. No I/O and no clock; every
 * object belongs to the event loop that made it.
 */
@NullMarked
package dev.foyer.sfu.stream;

import org.jspecify.annotations.NullMarked;
