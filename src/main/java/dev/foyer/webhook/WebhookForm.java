package dev.foyer.webhook;

/** What an endpoint is told, and how. */
public enum WebhookForm {
    /** Every event, as {@code {id, type, createdAt, data}} to the endpoint's own URL. */
    EVENTS,
    /**
     * Only the opening of a room, as {@code {webrtcRoomId}} to {@code /calls/<room>/setWebRtcRoomId} below the endpoint's
     * URL: what backends of the {@code call} clients expect.
     */
    CALL_ROOM
}
