package dev.foyer.app;

import dev.foyer.media.Announcement;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads which addresses clients are told to send media to. */
final class AnnouncementVariables {
    private static final String ALLOWED = "addresses separated by commas, or pairs local=public, or auto";
    private static final int STUN_PORT = 3478;

    private AnnouncementVariables() {}

    static Announcement read(Variables variables) {
        String name = variables.either("ANNOUNCED_IP", "MEDIASOUP_ANNOUNCED_IP");
        List<String> stunServers = stunServers(variables);
        List<String> parts = variables.list(name);
        if (parts.isEmpty()) {
            return new Announcement.Own();
        }
        if (parts.equals(List.of("auto"))) {
            return new Announcement.Discovered(stunServers);
        }
        List<String> instead = new ArrayList<>();
        Map<String, String> mapped = new LinkedHashMap<>();
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                instead.add(address(variables, name, part));
            } else {
                mapped.put(
                        address(variables, name, part.substring(0, equals).strip()),
                        address(variables, name, part.substring(equals + 1).strip()));
            }
        }
        if (!instead.isEmpty() && !mapped.isEmpty()) {
            throw variables.wrong(name, ALLOWED);
        }
        return mapped.isEmpty() ? new Announcement.Instead(instead) : new Announcement.Mapped(mapped);
    }

    /** Those named for it, else the STUN and TURN servers of the clients, which answer the same question. */
    private static List<String> stunServers(Variables variables) {
        List<String> named = variables.list("ANNOUNCED_STUN");
        List<String> servers = new ArrayList<>();
        for (String server : named) {
            if (!server.matches("[^/\\s@]+")) {
                throw variables.wrong(
                        "ANNOUNCED_STUN", "STUN servers such as stun.example.org:3478, separated by commas");
            }
            servers.add(withPort(server));
        }
        if (named.isEmpty()) {
            for (String url : variables.list("TURN_URLS")) {
                if (url.matches("(stun|turn):[^?\\s]+(\\?transport=udp)?")) {
                    servers.add(withPort(url.substring(url.indexOf(':') + 1).replaceFirst("\\?.*", "")));
                }
            }
        }
        return servers.stream().distinct().toList();
    }

    private static String withPort(String server) {
        return server.matches(".*:\\d{1,5}") && !server.matches("[0-9A-Fa-f:]*::[0-9A-Fa-f:]*")
                ? server
                : server + ":" + STUN_PORT;
    }

    private static String address(Variables variables, String name, String text) {
        InetAddress address = Variables.address(text);
        if (address == null) {
            throw variables.wrong(name, ALLOWED);
        }
        return address.getHostAddress();
    }
}
