package dev.foyer.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client of the {@code signaling} dialect in the order of calls of the one in the field: offers half a second after it
 * hears of somebody, makes its connection at once with the media that it has then, opens its camera only when it has
 * joined, and adds the candidates that it buffered only when an answer comes.
 */
final class SeedClient extends SimulatedClient {
    private final int cameraMillis;
    private final Set<String> connectedPeers = new HashSet<>();
    private final Set<String> described = new HashSet<>();
    private final Map<String, List<Runnable>> buffered = new HashMap<>();

    SeedClient(PlainWorld world, String id, boolean rollsBack, boolean audience, int cameraMillis) {
        super(
                world,
                id,
                Dialect.SIGNALING,
                new MeshSupport.Plain(MeshSupport.Offers.EVERYBODY, false),
                rollsBack,
                audience);
        this.cameraMillis = cameraMillis;
    }

    @Override
    void joined(RoomReply.Joined joined) {
        world.later(cameraMillis, () -> media = true);
        List<String> peers =
                joined.peers().stream().map(seen -> seen.peer().peerId()).toList();
        known.addAll(peers);
        meetNext(new ArrayList<>(peers));
    }

    private void meetNext(List<String> peers) {
        if (peers.isEmpty()) {
            return;
        }
        String peer = peers.removeFirst();
        if (!connectedPeers.add(peer)) {
            meetNext(peers);
            return;
        }
        connect(peer);
        world.later(500, () -> {
            sendOffer(peer);
            meetNext(peers);
        });
    }

    @Override
    void peerJoined(String peer) {
        if (connectedPeers.add(peer)) {
            connect(peer);
            world.later(500, () -> sendOffer(peer));
        }
    }

    @Override
    void peerLeft(String peer) {
        super.peerLeft(peer);
        buffered.remove(peer);
        described.remove(peer);
        connectedPeers.remove(peer);
    }

    private void connect(String peer) {
        if (!connections.containsKey(peer)) {
            create(peer);
            flush(peer);
        }
    }

    @Override
    void offered(String peer, String sdp) {
        connect(peer);
        SimulatedPeerConnection connection = connections.get(peer);
        world.later(world.within(30), () -> {
            if (connection.takeOffer(sdp)) {
                described.add(peer);
                sendAnswer(peer, connection);
            }
        });
    }

    @Override
    void answered(String peer, String sdp) {
        SimulatedPeerConnection connection = connections.get(peer);
        if (connection != null) {
            world.later(world.within(30), () -> {
                if (connection.takeAnswer(sdp)) {
                    described.add(peer);
                    flush(peer);
                }
            });
        }
    }

    @Override
    void candidate(String peer, String candidate, String ufrag) {
        SimulatedPeerConnection connection = connections.get(peer);
        if (connection == null) {
            return;
        }
        if (described.contains(peer)) {
            connection.addCandidate(candidate, ufrag);
        } else {
            buffered.computeIfAbsent(peer, _ -> new ArrayList<>()).add(() -> connection.addCandidate(candidate, ufrag));
        }
    }

    private void flush(String peer) {
        List<Runnable> candidates = buffered.remove(peer);
        if (candidates != null) {
            candidates.forEach(Runnable::run);
        }
    }
}
