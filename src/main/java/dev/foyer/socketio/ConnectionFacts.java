package dev.foyer.socketio;

import java.net.InetSocketAddress;
import java.util.Map;

/** What the first HTTP request of a connection told; the parts of a {@link Handshake} that all its namespaces share. */
record ConnectionFacts(
        Map<String, String> query, Map<String, String> headers, InetSocketAddress remoteAddress, boolean secure) {}
