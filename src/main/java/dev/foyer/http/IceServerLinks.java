package dev.foyer.http;

import dev.foyer.room.IceServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** STUN and TURN servers as {@code Link} headers (RFC 9725, section 4.6). */
final class IceServerLinks {
    private IceServerLinks() {}

    /** One header value a URL. */
    static List<String> of(List<IceServer> servers) {
        List<String> links = new ArrayList<>();
        for (IceServer server : servers) {
            for (String url : server.urls()) {
                StringBuilder link = new StringBuilder("<").append(url).append(">; rel=\"ice-server\"");
                if (url.startsWith("turn")) {
                    parameter(link, "username", server.username());
                    parameter(link, "credential", server.credential());
                    parameter(link, "credential-type", "password");
                }
                links.add(link.toString());
            }
        }
        return links;
    }

    /** A quoted string of RFC 9110, section 5.6.4. */
    private static void parameter(StringBuilder link, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        link.append("; ").append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"' || character == '\\') {
                link.append('\\');
            }
            link.append(character);
        }
        link.append('"');
    }
}
