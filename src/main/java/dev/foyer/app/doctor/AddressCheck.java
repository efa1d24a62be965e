package dev.foyer.app.doctor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Whether clients are told an address under which they find the server's media. */
final class AddressCheck {
    private static final String SUBJECT = "address";

    private AddressCheck() {}

    static List<Finding> look(Surroundings wanted, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        if (!wanted.publicly()) {
            return List.of(
                    wanted.announced().isEmpty()
                            ? Finding.ok(SUBJECT, "for this machine only")
                            : Finding.note(
                                    SUBJECT,
                                    "HOST is loopback, and clients are told another address all the same",
                                    "set HOST where others are to reach the server, or leave ANNOUNCED_IP out"));
        }
        List<InetAddress> own = facts.addresses();
        if (wanted.announced().isEmpty()) {
            findings.add(unannounced(own));
        }
        for (String text : wanted.announced()) {
            InetAddress address = facts.resolve(text);
            findings.add(
                    address == null
                            ? Finding.failure(
                                    SUBJECT, text + " cannot be resolved", "set ANNOUNCED_IP to the server's address")
                            : announced(text, address, own));
        }
        return findings;
    }

    private static Finding unannounced(List<InetAddress> own) {
        boolean reachable = own.stream().anyMatch(address -> isPublic(address));
        if (reachable) {
            return Finding.ok(SUBJECT, "an interface has a public one, and clients are told so");
        }
        return Finding.warning(
                SUBJECT,
                "no interface has a public one: clients find the server only from its own network",
                "set ANNOUNCED_IP to the address that the internet knows, if others are to come in");
    }

    private static Finding announced(String text, InetAddress address, List<InetAddress> own) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLoopbackAddress()) {
            return Finding.failure(
                    SUBJECT,
                    text + " is no address that another machine can send to",
                    "set ANNOUNCED_IP to one that is");
        }
        if (own.contains(address)) {
            return isPublic(address)
                    ? Finding.ok(SUBJECT, text + " is this machine's own")
                    : Finding.note(
                            SUBJECT,
                            text + " is this machine's own, and private",
                            "good for clients of that network; for others set ANNOUNCED_IP to the public address");
        }
        if (!isPublic(address)) {
            return Finding.warning(
                    SUBJECT,
                    text + " is private and none of this machine's",
                    "set ANNOUNCED_IP to the address under which clients reach this machine");
        }
        return Finding.ok(SUBJECT, text + " is outside: whatever has it must forward the ports to this machine");
    }

    /** Whether the internet can send there, as far as the address itself tells (RFC 1918, RFC 4193, RFC 6598). */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC;
        boolean carrierGrade = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || carrierGrade);
    }
}
