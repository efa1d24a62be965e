package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.ReceivedTrack;
import dev.foyer.room.MediaSession;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real libwebrtc peer connections and the server's ends of them, over loopback UDP. */
@Tag("interop")
@Timeout(90)
class PlainConnectionTest {
    private static final ConnectionPlan UPLINK = new ConnectionPlan(true, List.of());

    private final RecordingListener listener = new RecordingListener();
    private final List<NativePeer> peers = new ArrayList<>();
    private RunningPlane running;
    private MediaSession session;

    @BeforeEach
    void open() throws Exception {
        running = RunningPlane.start(1, true);
        session = RunningPlane.get(running.plane().open("room", listener));
    }

    @AfterEach
    void close() throws Exception {
        peers.forEach(NativePeer::close);
        session.close();
        running.close();
    }

    private NativePeer peer() {
        NativePeer peer = new NativePeer();
        peers.add(peer);
        return peer;
    }

    private String connection() throws Exception {
        return RunningPlane.get(session.createConnection("stream"));
    }

    /** The client offers, the server answers. */
    private NegotiatedConnection clientOffers(NativePeer peer, String connection, ConnectionPlan plan)
            throws Exception {
        NegotiatedConnection negotiated = RunningPlane.get(session.answer(connection, peer.offer(), plan));
        peer.accept(negotiated.sdp());
        return negotiated;
    }

    /** The server offers, the client answers. */
    private NegotiatedConnection serverOffers(NativePeer peer, String connection, ConnectionPlan plan)
            throws Exception {
        NegotiatedConnection offered = RunningPlane.get(session.offer(connection, plan));
        return RunningPlane.get(session.accept(connection, peer.answer(offered.sdp())));
    }

    private static ConnectionPlan watching(List<ReceivedTrack> tracks) {
        return new ConnectionPlan(false, sources(tracks));
    }

    private static List<MediaSource> sources(List<ReceivedTrack> tracks) {
        List<MediaSource> sources = new ArrayList<>();
        for (ReceivedTrack track : tracks) {
            sources.add(new MediaSource(track.kind().toString(), track.kind(), track.producerId()));
        }
        return sources;
    }

    private static void assertPlays(NativePeer peer) throws Exception {
        peer.awaitPictures(10);
        peer.awaitSounds(10);
        assertTrue(peer.audioReceived() > 0);
    }

    @Test
    void passesMediaFromOneOfferToAnother() throws Exception {
        NativePeer publisher = peer().publishing();
        NegotiatedConnection up = clientOffers(publisher, connection(), UPLINK);
        assertEquals(2, up.received().size());
        assertTrue(up.clientSends());
        assertFalse(up.needsOffer());

        NativePeer viewer = peer().watching();
        NegotiatedConnection down = clientOffers(viewer, connection(), watching(up.received()));
        assertEquals(List.of(), down.received());
        assertFalse(down.clientSends());
        assertFalse(down.needsOffer());
        assertPlays(viewer);
    }

    @Test
    void passesMediaBetweenClientsThatAreToldOfTcpOnly() throws Exception {
        NativePeer publisher = peer().publishing();
        NegotiatedConnection up = RunningPlane.get(session.answer(connection(), publisher.offer(), UPLINK));
        publisher.accept(withoutUdp(up.sdp()));

        NativePeer viewer = peer().watching();
        NegotiatedConnection down =
                RunningPlane.get(session.answer(connection(), viewer.offer(), watching(up.received())));
        viewer.accept(withoutUdp(down.sdp()));
        assertPlays(viewer);
        assertEquals(2, running.counters().tcpAccepted());
    }

    private static String withoutUdp(String sdp) {
        String tcpOnly = sdp.replaceAll("a=candidate:\\S+ 1 udp [^\\r\\n]*\\r\\n", "");
        assertTrue(tcpOnly.length() < sdp.length() && tcpOnly.contains(" tcptype passive"), sdp);
        return tcpOnly;
    }

    @Test
    void passesMediaBetweenTwoThatItOffersTo() throws Exception {
        NativePeer publisher = peer().publishing();
        NegotiatedConnection up = serverOffers(publisher, connection(), UPLINK);
        assertEquals(
                List.of(MediaKind.AUDIO, MediaKind.VIDEO),
                up.received().stream().map(ReceivedTrack::kind).toList());
        assertFalse(up.needsOffer());

        NativePeer viewer = peer();
        NegotiatedConnection down = serverOffers(viewer, connection(), watching(up.received()));
        assertFalse(down.needsOffer());
        assertPlays(viewer);
    }

    @Test
    void stopsAClientOnItsSecondConnection() throws Exception {
        NativePeer first = peer().publishing();
        NativePeer second = peer().publishing();
        NegotiatedConnection up = clientOffers(first, connection(), UPLINK);
        NegotiatedConnection other = clientOffers(second, connection(), watching(up.received()));
        assertTrue(other.clientSends());
        assertEquals(List.of(), other.received());
        assertPlays(second);
        assertEquals(0, second.sent("audio") + second.sent("video"));
        assertTrue(first.sent("audio") > 0 && first.sent("video") > 0);
        assertEquals(
                RTCRtpTransceiverDirection.RECV_ONLY,
                second.transceiver("video").getCurrentDirection());
    }

    @Test
    void movesTheUplinkToAnotherConnection() throws Exception {
        NativePeer first = peer().publishing();
        NativePeer second = peer().publishing();
        String carrier = connection();
        String spare = connection();
        NegotiatedConnection up = clientOffers(first, carrier, UPLINK);
        clientOffers(second, spare, new ConnectionPlan(false, List.of()));
        NativePeer viewer = peer().watching();
        String down = connection();
        clientOffers(viewer, down, watching(up.received()));
        assertPlays(viewer);

        RunningPlane.get(session.closeTransport(carrier));
        assertTrue(RunningPlane.get(session.apply(spare, UPLINK)).needsOffer());
        NegotiatedConnection moved = serverOffers(second, spare, UPLINK);
        assertEquals(2, moved.received().size());
        assertFalse(moved.needsOffer());
        assertFalse(RunningPlane.get(session.apply(down, watching(moved.received())))
                .needsOffer());
        assertPlays(viewer);
    }

    @Test
    void showsAnotherProducerOnTheSameSection() throws Exception {
        List<NegotiatedConnection> up = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            up.add(clientOffers(peer().publishing(), connection(), UPLINK));
        }
        NativePeer viewer = peer().watching();
        String down = connection();
        clientOffers(viewer, down, watching(List.of()));
        for (int i = 0; i < 4; i++) {
            NegotiatedConnection shown =
                    RunningPlane.get(session.apply(down, watching(up.get(i % 2).received())));
            assertEquals(i == 0, shown.needsOffer(), "the sections were answered without sources");
            if (shown.needsOffer()) {
                serverOffers(viewer, down, watching(up.get(i % 2).received()));
            }
            assertPlays(viewer);
        }
        assertEquals(2, viewer.connection().getTransceivers().length);
    }

    @Test
    void goesOnThroughLaterOffersAndIceRestarts() throws Exception {
        NativePeer publisher = peer().publishing();
        String uplink = connection();
        NegotiatedConnection up = clientOffers(publisher, uplink, UPLINK);
        NativePeer viewer = peer().watching();
        String down = connection();
        clientOffers(viewer, down, watching(up.received()));
        assertPlays(viewer);

        publisher.connection().restartIce();
        assertEquals(up.received(), clientOffers(publisher, uplink, UPLINK).received());
        viewer.connection().restartIce();
        clientOffers(viewer, down, watching(up.received()));
        assertPlays(viewer);
        RunningPlane.get(session.restartIce(down));
        serverOffers(viewer, down, watching(up.received()));
        assertPlays(viewer);
        assertEquals(up.received(), serverOffers(publisher, uplink, UPLINK).received());
        assertPlays(viewer);
    }

    @Test
    void letsTheClientsOfferPassWhenBothOffer() throws Exception {
        NativePeer publisher = peer().publishing();
        String uplink = connection();
        clientOffers(publisher, uplink, UPLINK);
        RunningPlane.get(session.offer(uplink, UPLINK));
        NegotiatedConnection up = clientOffers(publisher, uplink, UPLINK);
        NativePeer viewer = peer().watching();
        clientOffers(viewer, connection(), watching(up.received()));
        assertPlays(viewer);

        String crossed = publisher.offer();
        publisher.rollback();
        assertEquals(up.received(), serverOffers(publisher, uplink, UPLINK).received());
        assertFalse(crossed.isEmpty());
        assertPlays(viewer);
    }

    @Test
    void learnsThatAClientHungUp() throws Exception {
        NativePeer publisher = peer().publishing();
        String uplink = connection();
        NegotiatedConnection up = clientOffers(publisher, uplink, UPLINK);
        listener.awaitConnected(uplink);
        // Before that it has nobody to say goodbye to.
        publisher.awaitConnected();
        publisher.close();
        for (ReceivedTrack track : up.received()) {
            listener.awaitProducerClosed(track.producerId());
        }
    }
}
