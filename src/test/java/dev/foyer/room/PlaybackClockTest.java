package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a cinema is after a while. */
class PlaybackClockTest {
    private static final String FILM = "https://films.example/a.mp4";
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    private final PlaybackClock clock = new PlaybackClock();

    private Playback set(double position, boolean playing, double rate) {
        return clock.set(new RoomCommand.SetPlayback(FILM, position, playing, rate), START, 1_000);
    }

    private Playback after(long seconds) {
        return clock.now(START + TimeUnit.SECONDS.toNanos(seconds), 1_000 + 1_000 * seconds);
    }

    private RoomErrorCode refusal(String url, double position, double rate) {
        RoomCommand.SetPlayback asked = new RoomCommand.SetPlayback(url, position, true, rate);
        return assertThrows(RoomException.class, () -> clock.set(asked, START, 1_000))
                .code();
    }

    @Test
    void nothingIsShownBeforeItIsSet() {
        assertNull(after(0));
    }

    @Test
    void isStampedByTheServer() {
        assertEquals(new Playback(FILM, 12.5, true, 1, 1_000), set(12.5, true, 1));
    }

    @Test
    void movesOnWhileItPlaysEvenAsTheClockWraps() {
        set(10, true, 1);
        assertEquals(new Playback(FILM, 14, true, 1, 5_000), after(4));
        assertEquals(new Playback(FILM, 110, true, 1, 101_000), after(100));
    }

    @Test
    void movesByItsRate() {
        set(10, true, 1.5);
        assertEquals(25, after(10).position());
        set(10, true, 0.25);
        assertEquals(12.5, after(10).position());
    }

    @Test
    void standsWhileItDoesNotPlay() {
        set(10, false, 1);
        assertEquals(new Playback(FILM, 10, false, 1, 3_601_000), after(3_600));
    }

    @Test
    void whatIsSetLastCounts() {
        set(10, true, 1);
        clock.set(new RoomCommand.SetPlayback(FILM, 90, true, 1), START + TimeUnit.SECONDS.toNanos(7), 8_000);
        assertEquals(93, after(10).position());
    }

    @Test
    void neverLeavesItsRange() {
        set(Playback.MAX_POSITION, true, 4);
        assertEquals(Playback.MAX_POSITION, after(1_000).position());
    }

    @Test
    void driftIsWhatThePlayerIsAhead() {
        set(10, true, 1);
        assertEquals(-0.5, after(4).driftOf(13.5));
        assertEquals(2, after(4).driftOf(16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "file:///etc/passwd",
                "data:video/mp4;base64,AA",
                "//films.example/a",
                "a.mp4",
                "https:",
                "https:///a",
                "https://films.example/a b",
                "HTTPx://films.example/",
                ""
            })
    void nothingIsShownThatNoPlayerShouldLoad(String url) {
        assertEquals(RoomErrorCode.INVALID_MESSAGE, refusal(url, 0, 1));
        assertNull(after(0));
    }

    @Test
    void lengthOfTheUrlIsBounded() {
        String url = "https://films.example/";
        String longest = url + "a".repeat(PlaybackClock.MAX_URL - url.length());
        clock.set(new RoomCommand.SetPlayback(longest, 0, true, 1), START, 1_000);
        assertEquals(RoomErrorCode.INVALID_MESSAGE, refusal(longest + "a", 0, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1e9 + 1, Double.NaN, Double.POSITIVE_INFINITY})
    void positionIsBounded(double position) {
        assertEquals(RoomErrorCode.INVALID_MESSAGE, refusal(FILM, position, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.249, 4.001, -1, Double.NaN})
    void rateIsBounded(double rate) {
        assertEquals(RoomErrorCode.INVALID_MESSAGE, refusal(FILM, 0, rate));
    }
}
