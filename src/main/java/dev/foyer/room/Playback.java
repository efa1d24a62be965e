package dev.foyer.room;

/**
 * What a cinema shows.
 *
 * @param url what is played
 * @param position seconds from its beginning
 * @param playing false while it stands still
 * @param at when the position held, milliseconds since 1970 by the host's clock
 */
public record Playback(String url, double position, boolean playing, double at) {}
