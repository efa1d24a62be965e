package dev.foyer.socketio;

/** What lives on an {@link EngineSession}. Called in the session's tasks. */
interface EngineHandler {
    /** A text message came. Borrows the range. */
    void onText(byte[] bytes, int offset, int end);

    /** A binary message came. Takes the array. */
    void onBinary(byte[] bytes);

    /** A ping was sent: what was sent before it will have arrived when {@link #onPong} is called. */
    void onPing();

    /** The last ping was answered. */
    void onPong();

    /** The session's tasks run on another loop from the next one on. */
    void onMoved(Loop loop);

    /** The session is over. Called once; nothing else is called afterwards. */
    void onClosed(CloseCause cause);
}
