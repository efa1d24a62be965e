package dev.foyer.media;

import dev.foyer.sfu.SfuCounters;

/**
 * How well streams arrive, counted since a worker began.
 *
 * @param nacksSent NACKs sent to producers' clients
 * @param nacksReceived NACKs of clients for what they consume
 * @param keyFrameRequestsSent key frame requests sent to producers' clients
 * @param keyFrameRequestsReceived key frame requests of clients for what they consume
 * @param rtpLost RTP packets of received streams that were missing when the stream was reported
 * @param jitterNanos sum of the interarrival jitter of received streams, over all reports
 * @param jitterReports reports of received streams
 * @param lossReported256ths sum of the loss that clients reported of what they consume, in 1/256
 * @param lossReports reports of clients
 */
public record StreamQuality(
        long nacksSent,
        long nacksReceived,
        long keyFrameRequestsSent,
        long keyFrameRequestsReceived,
        long rtpLost,
        long jitterNanos,
        long jitterReports,
        long lossReported256ths,
        long lossReports) {
    /** Nothing counted. */
    public static final StreamQuality ZERO = new StreamQuality(0, 0, 0, 0, 0, 0, 0, 0, 0);

    static StreamQuality of(SfuCounters sfu) {
        return new StreamQuality(
                sfu.nacksSent(),
                sfu.nacksReceived(),
                sfu.keyFrameRequestsSent(),
                sfu.keyFrameRequestsReceived(),
                sfu.rtpLost(),
                sfu.jitterNanos(),
                sfu.jitterReports(),
                sfu.lossReported256ths(),
                sfu.lossReports());
    }

    /** The sum of two. */
    public StreamQuality plus(StreamQuality other) {
        return new StreamQuality(
                nacksSent + other.nacksSent,
                nacksReceived + other.nacksReceived,
                keyFrameRequestsSent + other.keyFrameRequestsSent,
                keyFrameRequestsReceived + other.keyFrameRequestsReceived,
                rtpLost + other.rtpLost,
                jitterNanos + other.jitterNanos,
                jitterReports + other.jitterReports,
                lossReported256ths + other.lossReported256ths,
                lossReports + other.lossReports);
    }
}
