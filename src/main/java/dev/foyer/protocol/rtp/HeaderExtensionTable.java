package dev.foyer.protocol.rtp;

import java.nio.charset.StandardCharsets;

/**
 * Which header extensions a forwarded packet keeps, under which ids, and which ones the server itself writes. Built once
 * for a consumer and only read afterwards.
 *
 * <p>Ids that were never {@linkplain #map mapped} are dropped. An extension that the server writes must not be mapped as
 * well.
 */
public final class HeaderExtensionTable {
    private static final int HIGHEST_ONE_BYTE_ID = 14;
    private static final int LONGEST_MID = 32;

    private final byte[] target = new byte[256];
    private byte[] mid = {};
    private int midId;
    private int absSendTimeId;
    private int transportWideSequenceId;
    private int dependencyDescriptorId;
    private boolean twoByteForm;

    /** A table that drops every extension. */
    public HeaderExtensionTable() {}

    /**
     * Keeps an extension.
     *
     * @param from its id at the producer, 1 to 255
     * @param to its id at the consumer, 1 to 255
     */
    public HeaderExtensionTable map(int from, int to) {
        if (from < 1 || from > 255) {
            throw new IllegalArgumentException("A header extension id is 1 to 255: " + from);
        }
        target[from] = (byte) targetId(to);
        return this;
    }

    /** Keeps a dependency descriptor like {@link #map}, and remembers where it is, so that it can be rewritten. */
    public HeaderExtensionTable mapDependencyDescriptor(int from, int to) {
        map(from, to);
        dependencyDescriptorId = to;
        return this;
    }

    /**
     * Writes this MID into every packet, whether the producer's packet had one or not.
     *
     * @param mid 1 to 32 bytes of text
     */
    public HeaderExtensionTable mid(int id, String mid) {
        byte[] bytes = mid.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_MID) {
            throw new IllegalArgumentException("A MID has 1 to " + LONGEST_MID + " bytes: " + bytes.length);
        }
        this.midId = targetId(id);
        this.mid = bytes;
        twoByteForm |= bytes.length > 16;
        return this;
    }

    /** Reserves three bytes for abs-send-time in every packet. */
    public HeaderExtensionTable absSendTime(int id) {
        absSendTimeId = targetId(id);
        return this;
    }

    /** Reserves two bytes for the transport-wide sequence number in every packet. */
    public HeaderExtensionTable transportWideSequence(int id) {
        transportWideSequenceId = targetId(id);
        return this;
    }

    private int targetId(int id) {
        if (id < 1 || id > 255) {
            throw new IllegalArgumentException("A header extension id is 1 to 255: " + id);
        }
        // Id 15 is reserved in the one-byte form.
        twoByteForm |= id > HIGHEST_ONE_BYTE_ID;
        return id;
    }

    /** The id at the consumer, 0 when the extension is dropped. */
    int target(int from) {
        return target[from] & 0xFF;
    }

    byte[] mid() {
        return mid;
    }

    int midId() {
        return midId;
    }

    int absSendTimeId() {
        return absSendTimeId;
    }

    int transportWideSequenceId() {
        return transportWideSequenceId;
    }

    int dependencyDescriptorId() {
        return dependencyDescriptorId;
    }

    /** Whether an id or the MID does not fit the one-byte form. */
    boolean needsTwoByteForm() {
        return twoByteForm;
    }
}
