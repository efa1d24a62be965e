package dev.foyer.dialect.call;

import dev.foyer.dialect.Answer;
import dev.foyer.dialect.Fields;

/** What the server does with one kind of message. */
@FunctionalInterface
interface CallRequest {
    /** Reads the message and sees to it that it is answered; throws a {@code RoomException} when it cannot be read. */
    void handle(CallConnection connection, Fields message, Answer answer);
}
