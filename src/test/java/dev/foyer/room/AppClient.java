package dev.foyer.room;

/**
 * A browser application on the {@code webrtc} or {@code guide} dialect, whose camera is open before it joins. Who offers is
 * its convention. It adds candidates as they come and has no buffer for them.
 */
final class AppClient extends SimulatedClient {
    private final Convention convention;
    private final boolean connectionPerOffer;

    AppClient(PlainWorld world, String id, Convention convention, boolean connectionPerOffer) {
        super(
                world,
                id,
                connectionPerOffer ? Dialect.GUIDE : Dialect.WEBRTC,
                new MeshSupport.Plain(MeshSupport.Offers.BY_CONVENTION, connectionPerOffer),
                true,
                false);
        this.convention = convention;
        this.connectionPerOffer = connectionPerOffer;
        media = true;
    }

    @Override
    void joined(RoomReply.Joined joined) {
        for (RoomReply.SeenPeer seen : joined.peers()) {
            String peer = seen.peer().peerId();
            known.add(peer);
            if (convention != Convention.EARLIER_OFFERS) {
                offerSoon(peer);
            }
        }
    }

    @Override
    void peerJoined(String peer) {
        if (convention != Convention.LATER_OFFERS) {
            offerSoon(peer);
        }
    }

    private void offerSoon(String peer) {
        world.later(world.within(200), () -> {
            if (known.contains(peer)) {
                SimulatedPeerConnection connection = connections.get(peer);
                if (connection == null) {
                    connection = create(peer);
                }
                if (connection.isStable()) {
                    sendOffer(peer);
                }
            }
        });
    }

    @Override
    void offered(String peer, String sdp) {
        SimulatedPeerConnection connection = connections.get(peer);
        boolean collision = connection != null && !connection.isStable();
        if (convention == Convention.BOTH_OFFER_PERFECTLY && collision && id.compareTo(peer) > 0) {
            return;
        }
        SimulatedPeerConnection taken = connection == null || connectionPerOffer ? create(peer) : connection;
        world.later(world.within(30), () -> {
            if (taken.takeOffer(sdp)) {
                sendAnswer(peer, taken);
            }
        });
    }

    @Override
    void answered(String peer, String sdp) {
        SimulatedPeerConnection connection = connections.get(peer);
        if (connection != null) {
            connection.takeAnswer(sdp);
        }
    }

    @Override
    void candidate(String peer, String candidate, String ufrag) {
        SimulatedPeerConnection connection = connections.get(peer);
        if (connection != null) {
            connection.addCandidate(candidate, ufrag);
        }
    }

    enum Convention {
        LATER_OFFERS,
        EARLIER_OFFERS,
        BOTH_OFFER,
        BOTH_OFFER_PERFECTLY
    }
}
