package dev.foyer.media;

/**
 * What a UDP endpoint did since it was opened.
 *
 * @param datagramsReceived datagrams that came in
 * @param datagramsSent datagrams handed to the socket
 * @param sendCalls sends that they were grouped into
 * @param datagramsDropped datagrams not sent because the socket was backed up or closed
 * @param sendFailures sends that the kernel refused
 */
public record UdpCounters(
        long datagramsReceived, long datagramsSent, long sendCalls, long datagramsDropped, long sendFailures) {}
