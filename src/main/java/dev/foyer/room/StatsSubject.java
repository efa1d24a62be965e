package dev.foyer.room;

/** What statistics are asked of. */
public enum StatsSubject {
    TRANSPORT,
    PRODUCER,
    CONSUMER
}
