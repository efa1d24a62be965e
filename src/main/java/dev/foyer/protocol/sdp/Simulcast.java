package dev.foyer.protocol.sdp;

import java.util.List;

/**
 * Simulcast streams by direction (RFC 8853). Each stream is a list of alternatives in order of preference.
 *
 * @param send what the writer sends
 * @param receive what the writer receives
 */
public record Simulcast(List<List<Alternative>> send, List<List<Alternative>> receive) {
    public Simulcast {
        send = send.stream().map(List::copyOf).toList();
        receive = receive.stream().map(List::copyOf).toList();
    }

    /**
     * One format of a stream.
     *
     * @param rid restriction id
     * @param paused whether it starts paused ({@code ~})
     */
    public record Alternative(String rid, boolean paused) {}
}
