package dev.foyer.room;

/** Why a room refused a command. The names are the codes of the wire, the texts what clients may match on. */
public enum RoomErrorCode {
    ROOM_NOT_FOUND("Room not found"),
    ROOM_FULL("Room is full"),
    ROOM_CLOSED("Room is closed"),
    ROOM_LOCKED("Room is locked"),
    LOBBY("Waiting to be admitted"),
    INVITATION_NEEDED("Invitation needed"),
    KICKED("Removed by a moderator"),
    BANNED("Banned from the room"),
    PARTICIPANT_NOT_FOUND("Participant not found"),
    TRANSPORT_NOT_FOUND("Transport not found"),
    PRODUCER_NOT_FOUND("Producer not found"),
    CONSUMER_NOT_FOUND("Consumer not found"),
    RECORDING_IN_PROGRESS("Recording already in progress"),
    NO_RECORDING("No recording in progress"),
    NOT_IN_ROOM("Not in room"),
    UNAUTHORIZED("Unauthorized"),
    TOKEN_EXPIRED("Token expired"),
    FORBIDDEN("Forbidden"),
    INVALID_MESSAGE("Invalid message"),
    CANNOT_CONSUME("Cannot consume"),
    NOT_ACCEPTABLE("Offer not acceptable"),
    RATE_LIMITED("Too many messages"),
    DRAINING("Server is draining"),
    SFU_UNAVAILABLE("Media server unavailable"),
    INTERNAL("Internal error");

    private final String text;

    RoomErrorCode(String text) {
        this.text = text;
    }

    /** The text that goes with the code. */
    public String text() {
        return text;
    }
}
