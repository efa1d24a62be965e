package dev.foyer.ortc;

import java.util.List;

/**
 * What the server wants of a connection negotiated by SDP.
 *
 * @param receive whether the client's own media is accepted on it
 * @param sources what is sent on it, the most wanted first; those for which the client has no m-section wait for an offer
 */
public record ConnectionPlan(boolean receive, List<MediaSource> sources) {
    public ConnectionPlan {
        sources = List.copyOf(sources);
    }
}
