package dev.foyer.protocol.sdp;

/**
 * An {@code extmap} (RFC 8285 section 5). Extension attributes are left out.
 *
 * @param id 1 to 255 in use, 4096 to 4351 where an offer leaves the number open
 * @param direction {@link Direction#SENDRECV} where nothing is written
 * @param uri the extension's name
 */
public record HeaderExtension(int id, Direction direction, String uri) {}
