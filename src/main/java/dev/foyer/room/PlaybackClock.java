package dev.foyer.room;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The clock by which a cinema plays: what a host set last, corrected for the time that has passed since. It runs by the
 * server's monotonic clock, so neither a host's clock nor a leap of the wall clock moves what everybody sees.
 */
final class PlaybackClock {
    static final int MAX_URL = 2048;
    static final double MIN_RATE = 0.25;
    static final double MAX_RATE = 4;

    private @Nullable Playback set;
    private long setAtNanos;

    /** Sets what is played and where; throws {@code INVALID_MESSAGE} for what nobody could play. */
    Playback set(RoomCommand.SetPlayback asked, long nowNanos, long nowMillis) {
        check(asked);
        Playback playback = new Playback(asked.url(), asked.position(), asked.playing(), asked.rate(), nowMillis);
        set = playback;
        setAtNanos = nowNanos;
        return playback;
    }

    /** Where everybody should be now; null before anything was set. */
    @Nullable
    Playback now(long nowNanos, long nowMillis) {
        return set == null ? null : set.after(nowNanos - setAtNanos, nowMillis);
    }

    private static void check(RoomCommand.SetPlayback asked) {
        if (!isPlayable(asked.url())) {
            throw invalid("url must be http or https and of at most " + MAX_URL + " characters");
        }
        if (!(asked.position() >= 0 && asked.position() <= Playback.MAX_POSITION)) {
            throw invalid("position must be seconds from 0");
        }
        if (!(asked.rate() >= MIN_RATE && asked.rate() <= MAX_RATE)) {
            throw invalid("rate must be " + MIN_RATE + " to " + MAX_RATE);
        }
    }

    /** Players of all sorts load what is set here: nothing that runs as a script, reads files or has no host. */
    private static boolean isPlayable(String url) {
        if (url.length() > MAX_URL) {
            return false;
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static RoomException invalid(String text) {
        return new RoomException(RoomErrorCode.INVALID_MESSAGE, RoomErrorCode.INVALID_MESSAGE.text() + ": " + text);
    }
}
