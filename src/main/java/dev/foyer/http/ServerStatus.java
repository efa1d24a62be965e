package dev.foyer.http;

import java.util.concurrent.CompletionStage;

/** What HTTP tells about the running server. Asked on event loops: nothing here blocks. */
public interface ServerStatus {
    /** Whether new participants are welcome: false while draining, or when no SFU verticle runs. */
    boolean healthy();

    /** Rooms open now. */
    int rooms();

    /** Participants in all rooms. */
    int peers();

    /** SFU verticles that run. */
    int workers();

    /** All metrics in Prometheus' text format; completes on any thread. */
    CompletionStage<String> metrics();
}
