/**
 * The SFU on Vert.x and Netty: verticles that each own a UDP port and everything behind it, and the media plane that
 * rooms see.
 *
 * <p>A datagram comes in through {@link dev.foyer.media.UdpEndpoint}, is told apart by {@link dev.foyer.media.SfuWorker}
 * and handed to the {@code sfu} package, whose output goes back to the endpoint and leaves in one flush at the end of
 * the loop's turn. What belongs to a loop is touched on that loop only.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.media;
