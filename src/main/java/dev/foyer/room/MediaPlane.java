package dev.foyer.room;

import dev.foyer.ortc.RtpCapabilities;
import java.util.concurrent.CompletionStage;

/** The SFU as rooms see it: a place to open media sessions. Safe for use from any thread. */
public interface MediaPlane {
    /** What every router of this plane can receive. */
    RtpCapabilities rtpCapabilities();

    /** How many SFU verticles run now. */
    int workers();

    /**
     * Opens a session on the least loaded SFU verticle.
     *
     * @param roomId for log lines and metrics only; one room may open several sessions one after the other
     * @param listener told what happens in the session, on the SFU verticle's event loop
     * @return the session, completed on the SFU verticle's event loop; fails with {@link MediaException} {@code CLOSED}
     *     when no verticle runs
     */
    CompletionStage<MediaSession> open(String roomId, MediaListener listener);
}
