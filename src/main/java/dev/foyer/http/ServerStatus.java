package dev.foyer.http;

/** What HTTP tells about the running server. Asked on event loops: answers come from memory. */
public interface ServerStatus {
    /** Whether new participants are welcome: false while draining, or when no SFU verticle runs. */
    boolean healthy();

    /** Whether the process does anything: false when an event loop is stuck, which only a restart mends. */
    boolean live();

    /** Rooms open now. */
    int rooms();

    /** Participants in all rooms. */
    int peers();

    /** SFU verticles that run. */
    int workers();

    /** The process that all of them are threads of. */
    ServerProcess process();

    /** All metrics in Prometheus' text format. */
    String metrics();

    /**
     * What the server's process uses.
     *
     * @param pid its id
     * @param cpuLoad share of the machine's processors, 0 to 1
     * @param memoryMegabytes the heap in use
     */
    record ServerProcess(long pid, double cpuLoad, long memoryMegabytes) {}
}
