package dev.foyer.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all simulated plain clients have in common: a connection a peer, and the order of calls around candidates. */
abstract class SimulatedClient {
    final PlainWorld world;
    final String id;
    final Dialect dialect;
    final MeshSupport mesh;
    final boolean rollsBack;
    final boolean audience;
    final Map<String, SimulatedPeerConnection> connections = new LinkedHashMap<>();

    /** The candidates that each peer connection gathered, by its user name fragment. */
    final Map<String, Set<String>> gathered = new LinkedHashMap<>();

    final Set<String> known = new LinkedHashSet<>();
    boolean media;
    boolean gone;
    final List<String> mishaps = new ArrayList<>();

    SimulatedClient(
            PlainWorld world, String id, Dialect dialect, MeshSupport mesh, boolean rollsBack, boolean audience) {
        this.world = world;
        this.id = id;
        this.dialect = dialect;
        this.mesh = mesh;
        this.rollsBack = rollsBack;
        this.audience = audience;
    }

    abstract void joined(RoomReply.Joined joined);

    abstract void peerJoined(String peer);

    abstract void offered(String peer, String sdp);

    abstract void answered(String peer, String sdp);

    abstract void candidate(String peer, String candidate, String ufrag);

    void hear(RoomEvent event) {
        switch (event) {
            case RoomEvent.PeerJoined joined -> {
                if (!known.add(joined.peer().peerId())) {
                    mishaps.add("hears twice of " + joined.peer().peerId());
                }
                peerJoined(joined.peer().peerId());
            }
            case RoomEvent.PeerLeft left -> {
                if (!known.remove(left.peer().peerId())
                        && !connections.containsKey(left.peer().peerId())) {
                    mishaps.add("hears that a stranger left: " + left.peer().peerId());
                }
                peerLeft(left.peer().peerId());
            }
            case RoomEvent.Negotiated negotiated -> negotiated(negotiated.from().peerId(), negotiated.signal());
            default -> {}
        }
    }

    void peerLeft(String peer) {
        SimulatedPeerConnection connection = connections.remove(peer);
        if (connection != null) {
            connection.closed = true;
        }
    }

    SimulatedPeerConnection create(String peer) {
        SimulatedPeerConnection connection = new SimulatedPeerConnection(
                Integer.toString(world.nextNumber()), rollsBack, media && !audience, audience);
        connections.put(peer, connection);
        return connection;
    }

    void sendOffer(String peer) {
        SimulatedPeerConnection connection = connections.get(peer);
        String sdp = connection == null ? null : connection.offer();
        if (sdp != null) {
            world.inOrder("out " + id, 15, () -> world.send(this, peer, new PeerSignal.Offer(sdp, null)));
            gather(peer, connection, sdp);
        }
    }

    void sendAnswer(String peer, SimulatedPeerConnection connection) {
        String sdp = connection.answer();
        if (sdp != null) {
            world.inOrder("out " + id, 15, () -> world.send(this, peer, new PeerSignal.Answer(sdp, null)));
            gather(peer, connection, sdp);
        }
    }

    private void negotiated(String peer, PeerSignal signal) {
        switch (signal) {
            case PeerSignal.Offer offer -> offered(peer, offer.sdp());
            case PeerSignal.Answer answer -> answered(peer, answer.sdp());
            case PeerSignal.Candidate candidate ->
                candidate(peer, (String) candidate.message().get("candidate"), (String)
                        candidate.message().get("belongsTo"));
        }
    }

    private void gather(String peer, SimulatedPeerConnection connection, String sdp) {
        String ufrag = connection.ufrag();
        if (gathered.containsKey(ufrag) || FakeSdp.parse(sdp).sections().isEmpty()) {
            return;
        }
        Set<String> candidates = new LinkedHashSet<>();
        gathered.put(ufrag, candidates);
        for (int i = 0; i < 3; i++) {
            String candidate = "candidate:" + i + " 1 udp 1 10.0.0.1 9 typ host"
                    + (world.candidatesSayWhose ? " ufrag " + ufrag : "");
            candidates.add(candidate);
            world.later(world.within(300), () -> {
                if (!connection.closed) {
                    Map<String, @Nullable Object> message = new LinkedHashMap<>();
                    message.put("candidate", candidate);
                    message.put("belongsTo", ufrag);
                    world.send(this, peer, new PeerSignal.Candidate(world.candidatesSayWhose ? ufrag : null, message));
                }
            });
        }
    }
}
