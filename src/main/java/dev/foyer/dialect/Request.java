package dev.foyer.dialect;

/** What the server does with one kind of message. */
@FunctionalInterface
public interface Request {
    /**
     * Reads the message and sees to it that it is answered.
     *
     * @throws dev.foyer.room.RoomException when it cannot be read or carried out; the caller passes that on
     */
    void handle(Client client, Fields message, Answer answer);
}
