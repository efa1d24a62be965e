package dev.foyer.app.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks of its surroundings, as it is configured.
 *
 * @param host where HTTP listens
 * @param httpPorts ports of HTTP; 0 means any
 * @param publicly whether others than this machine are to reach it
 * @param mediaHost where media listens
 * @param announced addresses that clients are told, as configured
 * @param minPort first port of media
 * @param maxPort last port of media
 * @param workers how many ports of media are taken
 * @param socketBufferBytes buffers that a media socket asks for
 * @param relays STUN and TURN servers, with credentials as a client would get them
 */
public record Surroundings(
        String host,
        List<Integer> httpPorts,
        boolean publicly,
        String mediaHost,
        List<String> announced,
        int minPort,
        int maxPort,
        int workers,
        int socketBufferBytes,
        List<Relay> relays) {
    public Surroundings {
        httpPorts = List.copyOf(httpPorts);
        announced = List.copyOf(announced);
        relays = List.copyOf(relays);
    }

    /**
     * A STUN or TURN server.
     *
     * @param url as configured
     * @param username null for STUN
     * @param password null for STUN; a secret
     */
    public record Relay(
            String url, @Nullable String username, @Nullable String password) {
        /** Leaves the credentials out. */
        @Override
        public String toString() {
            return url;
        }
    }
}
