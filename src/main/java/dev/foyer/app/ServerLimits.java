package dev.foyer.app;

import dev.foyer.http.AddressRange;
import dev.foyer.http.ConnectionSettings;
import dev.foyer.limit.LimitSettings;
import dev.foyer.socketio.LimitOptions;
import java.util.List;

/**
 * What anybody may ask of the server. What rooms allow their participants is in their own settings.
 *
 * @param socket what one Socket.IO socket may use
 * @param use what an address, a user and a room may
 * @param connections times and sizes of HTTP
 * @param trustedProxies whose word counts for where a request comes from
 */
public record ServerLimits(
        LimitOptions socket, LimitSettings use, ConnectionSettings connections, List<AddressRange> trustedProxies) {
    public ServerLimits {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
