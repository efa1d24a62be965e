package dev.foyer.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who asks, and for which room: the keys under which it is counted. Holds no text that could reach a log line. */
public final class Subject {
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final Subject NOBODY = new Subject(null, null, null);

    private final byte @Nullable [] address;
    private final byte @Nullable [] identity;
    private final byte @Nullable [] room;

    private Subject(byte @Nullable [] address, byte @Nullable [] identity, byte @Nullable [] room) {
        this.address = address;
        this.identity = identity;
        this.room = room;
    }

    /** Whoever comes from an address; an unresolved one is nobody's. */
    public static Subject at(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return NOBODY;
        }
        byte[] bytes = ip.getAddress();
        return new Subject(ip instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_PREFIX_BYTES) : bytes, null, null);
    }

    /** A user wherever it comes from; nobody for null. */
    public static Subject user(@Nullable String userId) {
        return NOBODY.as(userId);
    }

    /** A room, whoever asks. */
    public static Subject room(String roomId) {
        return NOBODY.in(roomId);
    }

    /** The same, known as a user; as no user when that is null. */
    public Subject as(@Nullable String userId) {
        return new Subject(address, userId == null ? null : userId.getBytes(StandardCharsets.UTF_8), room);
    }

    /** The same, asking for a room. */
    public Subject in(String roomId) {
        return new Subject(address, identity, roomId.getBytes(StandardCharsets.UTF_8));
    }

    /** Its key under a scope, or null when it has none. */
    byte @Nullable [] key(LimitScope scope) {
        return switch (scope) {
            case IDENTITY -> identity;
            case ADDRESS -> address;
            case ROOM -> room;
        };
    }
}
