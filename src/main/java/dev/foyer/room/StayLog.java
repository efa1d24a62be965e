package dev.foyer.room;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each participant's stay, written when it is over. It has ids of rooms and sockets, never users or
 * addresses.
 */
final class StayLog {
    private static final Logger LOG = LoggerFactory.getLogger(StayLog.class);

    private StayLog() {}

    /** A stay is over. */
    static void write(Participant participant, Departure why, Topology topology, long nowMillis) {
        LOG.atInfo()
                .addKeyValue("room", participant.recipient.roomId())
                .addKeyValue("participant", participant.id())
                .addKeyValue("dialect", participant.recipient.dialect())
                .addKeyValue("role", participant.role)
                .addKeyValue("mode", topology.mode())
                .addKeyValue("reason", why.word())
                .addKeyValue("joined", Instant.ofEpochMilli(participant.joinedAtMillis))
                .addKeyValue("seconds", Math.max(0, nowMillis - participant.joinedAtMillis) / 1000.0)
                .log("a stay is over");
    }
}
