package dev.foyer.sfu;

import static dev.foyer.sfu.ConnectionBench.NOTHING;
import static dev.foyer.sfu.ConnectionBench.RECEIVE;
import static dev.foyer.sfu.ConnectionBench.assertRefused;
import static dev.foyer.sfu.ConnectionBench.audio;
import static dev.foyer.sfu.ConnectionBench.plan;
import static dev.foyer.sfu.ConnectionBench.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.DtlsRole;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.ReceivedTrack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerConnectionAnswerTest {
    private final ConnectionBench bench = new ConnectionBench();
    private final PeerConnection connection = bench.connection;

    private static PlainClient call() {
        return new PlainClient().audio("0", "sendrecv", 11).video("1", "sendrecv", 21);
    }

    private static List<String> ids(NegotiatedConnection negotiated) {
        return negotiated.received().stream().map(ReceivedTrack::producerId).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, true, true, sendrecv, true, false",
        "sendrecv, true, false, recvonly, true, false",
        "sendrecv, false, true, sendonly, true, false",
        "sendrecv, false, false, inactive, true, false",
        "sendonly, true, true, recvonly, true, true",
        "sendonly, false, false, inactive, true, false",
        "recvonly, true, true, sendonly, false, false",
        "recvonly, true, false, inactive, false, false",
        "inactive, true, true, inactive, false, true",
    })
    void meetsThePlanAsFarAsTheOfferGoes(
            String offered, boolean receive, boolean source, String answered, boolean clientSends, boolean needsOffer) {
        ConnectionPlan plan = source ? plan(receive, video("a", null)) : plan(receive);
        NegotiatedConnection negotiated =
                connection.answer(new PlainClient().video("x", offered, 5).offer(), plan);
        assertEquals(List.of(answered), PlainClient.directions(negotiated.sdp()));
        assertEquals(clientSends, negotiated.clientSends());
        assertEquals(needsOffer, negotiated.needsOffer());
        assertEquals(
                receive && clientSends,
                negotiated.received().stream()
                        .anyMatch(track ->
                                track.kind() == MediaKind.VIDEO && track.mid().equals("x")));
    }

    @Test
    void answersAnOfferWithoutSectionsAndOffersAfterIt() {
        NegotiatedConnection answered =
                connection.answer(new PlainClient().offer(), plan(true, video("a", bench.camera())));
        assertEquals(List.of(), PlainClient.directions(answered.sdp()));
        assertTrue(answered.needsOffer());
        assertFalse(answered.clientSends());

        NegotiatedConnection offered = connection.offer(plan(true, video("a", bench.camera())));
        int load = bench.worker.load();
        NegotiatedConnection accepted =
                connection.accept(new PlainClient().setup("active").answer(offered.sdp(), "sendrecv", "inactive"));
        assertEquals(1, accepted.received().size());
        assertEquals(load + 2, bench.worker.load(), "a producer and a consumer");
    }

    @Test
    void refusesAnOfferOfWhichItKnowsNoSection() {
        assertRefused(
                RefusalReason.NOT_ACCEPTABLE,
                () -> connection.answer(
                        new PlainClient().video("0", "sendrecv", 1, "theora").offer(), RECEIVE));
    }

    @Test
    void givesSourcesSectionsOfTheirKindInOrder() {
        PlainClient client = new PlainClient()
                .video("0", "recvonly", 0)
                .audio("1", "recvonly", 0)
                .video("2", "sendonly", 9)
                .video("3", "recvonly", 0);
        NegotiatedConnection negotiated = connection.answer(
                client.offer(), plan(false, video("a", null), video("b", null), audio("c", null), video("d", null)));
        assertEquals(List.of("sendonly", "sendonly", "inactive", "sendonly"), PlainClient.directions(negotiated.sdp()));
        assertTrue(negotiated.needsOffer(), "d has none");
        List<String> tracks = PlainClient.values(negotiated.sdp(), "msid");

        NegotiatedConnection without =
                connection.answer(client.offer(), plan(false, video("d", null), video("b", null)));
        assertFalse(without.needsOffer());
        assertEquals(List.of("sendonly", "inactive", "inactive", "sendonly"), PlainClient.directions(without.sdp()));
        assertEquals(
                List.of(tracks.get(0), tracks.get(2)), PlainClient.values(without.sdp(), "msid"), "b kept its own");
    }

    @Test
    void keepsTheSsrcsOfASectionWhateverIsSentOnIt() {
        String camera = bench.camera();
        String first = connection
                .answer(call().offer(), plan(true, video("a", camera)))
                .sdp();
        int load = bench.worker.load();
        bench.router.closeProducer(camera);
        assertEquals(load - 2, bench.worker.load(), "producer and consumer");
        assertEquals(List.of(), bench.told);
        connection.apply(plan(true, video("b", bench.camera())));
        String second = connection.answer(call().offer(), RECEIVE).sdp();
        assertEquals(List.of(), PlainClient.values(second, "ssrc"));
        String third =
                connection.answer(call().offer(), plan(true, video("c", null))).sdp();
        assertEquals(PlainClient.values(first, "ssrc"), PlainClient.values(third, "ssrc"));
        assertEquals(PlainClient.values(first, "ssrc-group"), PlainClient.values(third, "ssrc-group"));
    }

    @Test
    void sendsNoProducerThatTheClientCannotDecode() {
        int load = bench.worker.load();
        String camera = bench.camera();
        assertEquals(load + 2, bench.worker.load());
        PlainClient client = new PlainClient().video("0", "recvonly", 0, "h264");
        connection.answer(client.offer(), plan(false, video("a", camera)));
        assertEquals(load + 2, bench.worker.load(), "no consumer");
    }

    @Test
    void keepsProducersThroughLaterOffers() {
        List<String> before = ids(connection.answer(call().offer(), RECEIVE));
        assertEquals(2, before.size());
        PlainClient more = call().video("2", "sendrecv", 31);
        NegotiatedConnection after = connection.answer(more.offer(), plan(true, audio("a", null)));
        assertEquals(3, after.received().size());
        assertEquals(before, ids(after).subList(0, 2));
        assertEquals(ids(after), ids(connection.apply(RECEIVE)));
    }

    @Test
    void replacesAProducerWhoseStreamIsAnother() {
        List<String> before = ids(connection.answer(call().offer(), RECEIVE));
        bench.router.pauseProducer(before.get(1));
        List<String> after = ids(connection.answer(call().ssrc("1", 99).offer(), RECEIVE));
        assertEquals(before.get(0), after.get(0));
        assertNotEquals(before.get(1), after.get(1));
        assertRefused(RefusalReason.PRODUCER_NOT_FOUND, () -> bench.router.closeProducer(before.get(1)));
    }

    @ParameterizedTest
    @CsvSource({"recvonly", "inactive", "stopped"})
    void endsAProducerWhoseTrackEnds(String direction) {
        List<String> before = ids(connection.answer(call().offer(), RECEIVE));
        NegotiatedConnection after =
                connection.answer(call().direction("1", direction).offer(), RECEIVE);
        assertEquals(before.subList(0, 1), ids(after));
        assertRefused(RefusalReason.PRODUCER_NOT_FOUND, () -> bench.router.closeProducer(before.get(1)));
        assertFalse(after.needsOffer());
    }

    @Test
    void letsSsrcsMoveBetweenSections() {
        connection.answer(call().video("2", "sendrecv", 31).offer(), RECEIVE);
        NegotiatedConnection after = connection.answer(
                call().video("2", "sendrecv", 21).ssrc("1", 31).offer(), RECEIVE);
        assertEquals(3, after.received().size());
    }

    @Test
    void stopsReceivingAtOnceAndAsksForAnOffer() {
        connection.answer(call().offer(), RECEIVE);
        NegotiatedConnection stopped = connection.apply(NOTHING);
        assertEquals(List.of(), stopped.received());
        assertTrue(stopped.clientSends());
        assertTrue(stopped.needsOffer());
        assertEquals(2, connection.apply(RECEIVE).received().size());
    }

    @Test
    void wantsAnOfferForWhatItRefusedBefore() {
        connection.answer(call().offer(), NOTHING);
        assertTrue(connection.apply(RECEIVE).needsOffer());
        assertEquals(List.of(), connection.apply(RECEIVE).received());
        NegotiatedConnection taken = connection.answer(call().offer(), RECEIVE);
        assertEquals(2, taken.received().size());
        assertFalse(taken.needsOffer());
    }

    @Test
    void rejectsSectionsThatItDoesNotKnow() {
        PlainClient client =
                new PlainClient().data("d").video("0", "sendrecv", 5, "h265").audio("1", "sendrecv", 7);
        NegotiatedConnection negotiated = connection.answer(client.offer(), RECEIVE);
        assertEquals(List.of("rejected", "rejected", "recvonly"), PlainClient.directions(negotiated.sdp()));
        assertEquals(List.of("BUNDLE 1"), PlainClient.values(negotiated.sdp(), "group"));
        assertFalse(negotiated.needsOffer());
        // A rejected section may become another (RFC 9429 section 5.2.2).
        PlainClient recycled = new PlainClient()
                .video("7", "sendrecv", 9)
                .video("8", "sendrecv", 5)
                .audio("1", "sendrecv", 7);
        assertEquals(3, connection.answer(recycled.offer(), RECEIVE).received().size());
    }

    /** An answer groups only what the offer grouped (RFC 9143 section 7.3). */
    @Test
    void namesNoBundleWhenItsOnlySectionIsInNone() {
        String offer =
                new PlainClient().data("d").audio("1", "sendrecv", 7).offer().replace("BUNDLE d 1", "BUNDLE d");
        NegotiatedConnection negotiated = connection.answer(offer, RECEIVE);
        assertEquals(List.of("rejected", "recvonly"), PlainClient.directions(negotiated.sdp()));
        assertEquals(List.of(), PlainClient.values(negotiated.sdp(), "group"));
    }

    @Test
    void refusesAnOfferWithNothingInCommon() {
        assertRefused(
                RefusalReason.NOT_ACCEPTABLE,
                () -> connection.answer(new PlainClient().data("0").offer(), RECEIVE));
        assertRefused(
                RefusalReason.NOT_ACCEPTABLE,
                () -> connection.answer(
                        new PlainClient().video("0", "sendrecv", 5, "h265").offer(), RECEIVE));
        assertRefused(RefusalReason.INVALID_PARAMETERS, () -> connection.answer("v=0", RECEIVE));
        assertEquals(2, connection.answer(call().offer(), RECEIVE).received().size());
    }

    @Test
    void changesNothingWhenItRefuses() {
        ConnectionPlan plan = plan(true, video("a", bench.camera()));
        NegotiatedConnection before = connection.answer(call().offer(), plan);
        int load = bench.worker.load();
        List<String> refused = List.of(
                call().fingerprint("00" + PlainClient.FINGERPRINT.substring(2)).offer(),
                new PlainClient().audio("0", "sendrecv", 11).offer(),
                new PlainClient()
                        .audio("0", "sendrecv", 11)
                        .audio("1", "sendrecv", 21)
                        .offer(),
                new PlainClient()
                        .audio("0", "sendrecv", 11)
                        .video("2", "sendrecv", 21)
                        .offer(),
                call().video("2", "sendrecv", 11).offer(),
                call().video("1", "sendrecv", 31).offer());
        for (String offer : refused) {
            assertRefused(RefusalReason.INVALID_PARAMETERS, () -> connection.answer(offer, RECEIVE));
            assertEquals(load, bench.worker.load());
            assertEquals(before.received(), connection.apply(plan).received());
        }
    }

    @Test
    void restartsIceWhenTheClientDoes() {
        List<String> first =
                PlainClient.values(connection.answer(call().offer(), RECEIVE).sdp(), "ice-ufrag");
        List<String> same =
                PlainClient.values(connection.answer(call().offer(), RECEIVE).sdp(), "ice-ufrag");
        assertEquals(first, same);
        NegotiatedConnection restarted =
                connection.answer(call().usernameFragment("efgh").offer(), RECEIVE);
        assertNotEquals(first, PlainClient.values(restarted.sdp(), "ice-ufrag"));
        assertEquals(2, restarted.received().size());
    }

    @Test
    void keepsItsDtlsRole() {
        String first =
                connection.answer(call().setup("passive").offer(), RECEIVE).sdp();
        assertEquals(List.of("active", "active"), PlainClient.values(first, "setup"));
        String second = connection.answer(call().offer(), RECEIVE).sdp();
        assertEquals(List.of("active", "active"), PlainClient.values(second, "setup"));
        ConnectionBench other = new ConnectionBench();
        String usual = other.connection.answer(call().offer(), RECEIVE).sdp();
        assertEquals(List.of("passive", "passive"), PlainClient.values(usual, "setup"));
    }

    @Test
    void receivesUpToItsLimitOfTracks() {
        PlainClient client = new PlainClient();
        for (int i = 0; i < 20; i++) {
            client.audio("m" + i, "sendrecv", 100 + i);
        }
        NegotiatedConnection negotiated = connection.answer(client.offer(), RECEIVE);
        assertEquals(PeerConnection.MAX_RECEIVED, negotiated.received().size());
        assertFalse(negotiated.needsOffer(), "no offer would change it");
        ConnectionBench small = new ConnectionBench(new RouterLimits(2, 1, 1));
        assertRefused(RefusalReason.LIMIT_REACHED, () -> small.connection.answer(call().offer(), RECEIVE));
        assertEquals(
                1,
                small.connection
                        .answer(new PlainClient().audio("0", "sendrecv", 11).offer(), RECEIVE)
                        .received()
                        .size());
    }

    @Test
    void leavesNothingBehind() {
        String camera = bench.camera();
        List<String> tracks = ids(connection.answer(call().offer(), plan(true, video("a", camera))));
        bench.router.closeTransport(bench.id);
        assertEquals(List.of("producer " + tracks.get(0), "producer " + tracks.get(1)), bench.told);
        assertRefused(RefusalReason.TRANSPORT_NOT_FOUND, () -> bench.router.connection(bench.id));
        String other = bench.router.createConnection("other");
        bench.router.connection(other).answer(call().offer(), plan(true, video("a", camera)));
        bench.router.close();
        assertTrue(bench.worker.isIdle());
    }

    @Test
    void isNoTransportForRequestsOfOrtc() {
        assertRefused(
                RefusalReason.TRANSPORT_NOT_FOUND,
                () -> bench.router.connectTransport(bench.id, new DtlsParameters(DtlsRole.AUTO, List.of())));
        assertRefused(
                RefusalReason.TRANSPORT_NOT_FOUND,
                () -> bench.router.produce(bench.id, MediaKind.VIDEO, ClientParameters.vp8("0", 5L), false));
        bench.router.restartIce(bench.id);
        assertEquals("transport", bench.router.stats(bench.id).getFirst().get("type"));
        assertRefused(RefusalReason.INVALID_PARAMETERS, () -> bench.router.createConnection("two words"));
    }
}
