package dev.foyer.http;

/** What HTTP tells about the running server. Asked on event loops: answers come from memory. */
public interface ServerStatus {
    /** Whether new participants are welcome: false while draining, or when no SFU verticle runs. */
    boolean healthy();

    /** Rooms open now. */
    int rooms();

    /** Participants in all rooms. */
    int peers();

    /** SFU verticles that run. */
    int workers();

    /** All metrics in Prometheus' text format. */
    String metrics();
}
