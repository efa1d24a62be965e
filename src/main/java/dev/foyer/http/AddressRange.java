package dev.foyer.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A range of addresses as CIDR has it (RFC 4632, RFC 4291 section 2.3): {@code 10.0.0.0/8}, or one address alone. */
public final class AddressRange {
    private static final int MAX_LITERAL = 45;

    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException when it is none, or all addresses there are: a prefix has at least one bit
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("no address: " + text);
        }
        byte[] network = address.getAddress();
        int prefix = slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 1 || prefix > network.length * 8) {
            throw new IllegalArgumentException("no prefix: " + text);
        }
        return new AddressRange(network, prefix);
    }

    /** An address as it is written, or null when it is not one. Nothing is looked up; zones are not taken. */
    static @Nullable InetAddress literal(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        // The JDK takes "1.2" and "1%eth0" for addresses, too.
        if (text.length() > MAX_LITERAL
                || text.indexOf('%') >= 0
                || (!ipv6 && text.chars().filter(character -> character == '.').count() != 3)) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Whether an address is in the range; one of another protocol never is. */
    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    @Override
    public String toString() {
        return "AddressRange[/" + prefix + "]";
    }
}
