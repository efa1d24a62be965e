package dev.foyer.socketio;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client when it asks to enter a namespace. All maps are unmodifiable.
 *
 * @param namespace the namespace asked for, {@code "/"} for the main one
 * @param auth the client's {@code auth} object without {@code pid} and {@code offset}; empty when it sent none
 * @param query decoded query parameters of the first HTTP request, the first value of each
 * @param headers headers of the first HTTP request by lower-case name, several values joined by {@code ", "}
 * @param remoteAddress as {@link AccessOptions#clientAddress} sees it
 * @param secure whether that request came by TLS
 * @param time when the CONNECT packet was read
 * @param pid the private session id that the client asks to resume and that this server does not know, perhaps issued
 *     by another node; null on a first connection
 */
public record Handshake(
        String namespace,
        Map<String, @Nullable Object> auth,
        Map<String, String> query,
        Map<String, String> headers,
        InetSocketAddress remoteAddress,
        boolean secure,
        Instant time,
        @Nullable String pid) {
    /** Names the namespace only: the rest holds tokens and addresses. */
    @Override
    public String toString() {
        return "Handshake[namespace=" + namespace + "]";
    }
}
