package dev.foyer.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Candidates that came before the description that they belong to was known to their receiver. */
final class HeldCandidates {
    private static final int LIMIT = 64;

    private final List<PeerSignal.Candidate> held = new ArrayList<>();

    /** Keeps one; false when there are too many. */
    boolean hold(PeerSignal.Candidate candidate) {
        return held.size() < LIMIT && held.add(candidate);
    }

    /** Those that may belong to a description with these user name fragments; the others belong to one that is void. */
    List<PeerSignal.Candidate> release(Set<String> ufrags) {
        List<PeerSignal.Candidate> released =
                held.stream().filter(candidate -> mayBelong(candidate, ufrags)).toList();
        held.clear();
        return released;
    }

    void clear() {
        held.clear();
    }

    /** Whether a candidate can belong to a description with these user name fragments. Not all candidates say. */
    static boolean mayBelong(PeerSignal.Candidate candidate, Set<String> ufrags) {
        String ufrag = candidate.ufrag();
        return ufrag == null || ufrag.isEmpty() || ufrags.isEmpty() || ufrags.contains(ufrag);
    }
}
