package dev.foyer.app.doctor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Whether the STUN and TURN servers that clients are sent to answer, and take the credentials that clients get. */
final class TurnCheck {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int QUOTA = 486;
    private static final int CAPACITY = 508;

    private TurnCheck() {}

    static List<Finding> look(Surroundings wanted, Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Surroundings.Relay relay : wanted.relays()) {
            findings.add(ask(relay, wanted, facts));
        }
        if (wanted.publicly() && wanted.relays().stream().noneMatch(TurnCheck::relays)) {
            findings.add(Finding.note(
                    "TURN",
                    "none is configured: a mesh between two strict networks moves to the SFU, and clients whose network"
                            + " lets no UDP out reach it only over TCP",
                    "set TURN_URLS and TURN_SECRET to a TURN server, coturn with use-auth-secret say"));
        }
        return findings;
    }

    private static boolean relays(Surroundings.Relay relay) {
        TurnUrl url = TurnUrl.parse(relay.url());
        return url != null && url.relay();
    }

    private static Finding ask(Surroundings.Relay relay, Surroundings wanted, Facts facts) {
        String subject = relay.url();
        TurnUrl url = TurnUrl.parse(subject);
        if (url == null) {
            return Finding.failure(
                    subject,
                    "no URL that browsers take",
                    "write stun:HOST, turn:HOST:3478?transport=udp or turns:HOST");
        }
        TurnOutcome outcome =
                url.relay() ? facts.turn(url, relay.username(), relay.password()) : facts.turn(url, null, null);
        return switch (outcome) {
            case TurnOutcome.Works(InetAddress mapped) -> works(subject, url, mapped, wanted, facts);
            case TurnOutcome.Refused(int code, String reason) ->
                Finding.failure(
                        subject, "refuses: %d %s".formatted(code, reason).strip(), advice(code));
            case TurnOutcome.Silent(String why) ->
                Finding.failure(
                        subject,
                        "cannot be used: " + why,
                        "start it, or let %s %d through to it"
                                .formatted(url.transport() == TurnUrl.Transport.UDP ? "UDP" : "TCP", url.port()));
        };
    }

    private static Finding works(String subject, TurnUrl url, InetAddress mapped, Surroundings wanted, Facts facts) {
        String done = url.relay() ? "gives an allocation for the credentials that clients get" : "answers";
        boolean outside = AddressCheck.isPublic(mapped);
        boolean known = facts.addresses().contains(mapped)
                || wanted.announced().stream().map(facts::resolve).anyMatch(mapped::equals);
        return outside && !known && wanted.publicly()
                ? Finding.warning(
                        subject,
                        "%s, and sees this machine as %s, which clients are not told"
                                .formatted(done, mapped.getHostAddress()),
                        "set ANNOUNCED_IP=" + mapped.getHostAddress() + " if that is how clients reach this machine")
                : Finding.ok(subject, done);
    }

    private static String advice(int code) {
        return switch (code) {
            case UNAUTHORIZED ->
                "TURN_SECRET must be the server's static-auth-secret (or TURN_USERNAME and TURN_PASSWORD a user of it),"
                        + " and the clocks of both machines must agree";
            case FORBIDDEN -> "look at the server's rules of who may use it";
            case QUOTA, CAPACITY -> "it has no room left: raise its quotas or its relay ports";
            default -> "look at the server's log";
        };
    }
}
