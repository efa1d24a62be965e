/**
 * The selective forwarding unit in mediasoup's words: routers, transports, producers, consumers.
 *
 * <p>It opens no socket and reads no clock: datagrams and the time come in through {@link dev.foyer.sfu.SfuWorker},
 * datagrams go out through {@link dev.foyer.sfu.PacketOutput}. A worker and everything behind it belong to one thread.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.sfu;
