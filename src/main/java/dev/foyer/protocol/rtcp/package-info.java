/**
 * RTCP packets as read-only flyweights over byte arrays, with a static {@code write} beside each of them. Compound
 * packets are walked by {@link dev.foyer.protocol.rtcp.RtcpReader}.
 */
@NullMarked
package dev.foyer.protocol.rtcp;

import org.jspecify.annotations.NullMarked;
