package dev.foyer.room;

/** How often the connections of a {@link ServedLink} died one after the other without having stood for a while. */
final class LinkDeaths {
    private int deaths;
    private boolean connected;
    private long connectedAtNanos;

    /** The client's end reaches the server's. */
    void connected(long nowNanos) {
        if (!connected) {
            connected = true;
            connectedAtNanos = nowNanos;
        }
    }

    /** It does no more. The time until that is noticed for good is none for which the connection stood. */
    void disconnected(long nowNanos) {
        if (connected && nowNanos - connectedAtNanos > LinkTiming.CONNECT_NANOS) {
            deaths = 0;
        }
        connected = false;
    }

    /** The connection was closed, and the next has not stood yet. */
    void closed() {
        connected = false;
    }

    /** The connection died; returns whether another is to be tried. */
    boolean died(long nowNanos) {
        disconnected(nowNanos);
        return deaths++ < LinkTiming.TRIES;
    }
}
