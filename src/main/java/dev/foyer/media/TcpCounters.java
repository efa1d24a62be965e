package dev.foyer.media;

/**
 * Figures of a {@link TcpEndpoint}.
 *
 * @param accepted connections that proved themselves
 * @param refused connections closed because they did not, or were too many
 * @param framesReceived packets received
 * @param framesSent packets handed to connections
 * @param writes writes that they were grouped into
 * @param framesDropped packets not sent because the client does not read as fast, or is gone
 */
record TcpCounters(
        long accepted, long refused, long framesReceived, long framesSent, long writes, long framesDropped) {}
