package dev.foyer.app.doctor;

import java.net.InetAddress;

/** What came of asking a STUN or TURN server. */
public sealed interface TurnOutcome {
    /** It answered, and gave an allocation if one was asked for. {@code mapped} is where it sees this machine. */
    record Works(InetAddress mapped) implements TurnOutcome {}

    /** It answered with an error. */
    record Refused(int code, String reason) implements TurnOutcome {}

    /** Nothing came back, or what came back was no STUN. */
    record Silent(String why) implements TurnOutcome {}
}
