package dev.foyer.room;

import java.util.List;

/** Names the STUN and TURN servers for a client. Called on room loops; answers at once. */
@FunctionalInterface
public interface IceServers {
    /**
     * The servers with credentials that are valid from now on.
     *
     * @param userId whom the credentials are for
     */
    List<IceServer> forUser(String userId);
}
