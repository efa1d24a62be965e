package dev.foyer.room;

/**
 * Whom an event is for.
 *
 * @param roomId the room that it comes from: one socket may be in several
 * @param participantId the participant's Socket.IO socket id
 * @param dialect what the participant speaks
 */
public record Recipient(String roomId, String participantId, Dialect dialect) {}
