package dev.foyer.room;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room as its participants see it.
 *
 * @param id the same in every dialect
 * @param type what it is for
 * @param metadata as the first to create it said
 * @param maxParticipants seats
 */
public record RoomView(String id, RoomType type, Map<String, @Nullable Object> metadata, int maxParticipants) {}
