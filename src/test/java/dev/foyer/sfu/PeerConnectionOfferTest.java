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
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.ReceivedTrack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerConnectionOfferTest {
    private final ConnectionBench bench = new ConnectionBench();
    private final PeerConnection connection = bench.connection;
    private final PlainClient client = new PlainClient().setup("active");

    private static PlainClient call() {
        return new PlainClient().audio("0", "sendrecv", 11).video("1", "sendrecv", 21);
    }

    @Test
    void offersASectionOfEachKindToReceiveOn() {
        NegotiatedConnection offered = connection.offer(RECEIVE);
        assertEquals(List.of("recvonly", "recvonly"), PlainClient.directions(offered.sdp()));
        assertEquals(List.of("actpass", "actpass"), PlainClient.values(offered.sdp(), "setup"));
        assertFalse(offered.needsOffer(), "one is under way");

        NegotiatedConnection accepted = connection.accept(client.answer(offered.sdp(), "sendonly", "inactive"));
        assertEquals(
                List.of(MediaKind.AUDIO),
                accepted.received().stream().map(ReceivedTrack::kind).toList());
        assertTrue(accepted.clientSends());
        assertFalse(accepted.needsOffer());
    }

    @Test
    void offersSourcesAndReceivesOnTheirSections() {
        ConnectionPlan plan = plan(true, video("a", bench.camera()), audio("b", null), video("c", null));
        int load = bench.worker.load();
        NegotiatedConnection offered = connection.offer(plan);
        assertEquals(List.of("sendrecv", "sendrecv", "sendrecv"), PlainClient.directions(offered.sdp()));
        assertEquals(load, bench.worker.load(), "nothing is sent before the answer");
        NegotiatedConnection accepted =
                connection.accept(client.answer(offered.sdp(), "sendrecv", "sendrecv", "recvonly"));
        assertEquals(2, accepted.received().size());
        assertEquals(load + 3, bench.worker.load(), "two producers and a consumer");
        assertFalse(accepted.needsOffer());
    }

    @Test
    void receivesUpToItsLimitOfTracksWhateverIsAnswered() {
        MediaSource[] sources = new MediaSource[20];
        Arrays.setAll(sources, i -> video("v" + i, null));
        String[] directions = new String[sources.length + 1];
        Arrays.fill(directions, "sendrecv");
        // A section of its own for audio, which no source needs.
        directions[sources.length] = "sendonly";
        ConnectionPlan plan = plan(true, sources);
        // Those beyond ask the router for nothing.
        ConnectionBench small = new ConnectionBench(new RouterLimits(1, PeerConnection.MAX_RECEIVED, 1));
        int load = small.worker.load();
        NegotiatedConnection accepted = small.connection.accept(
                client.answer(small.connection.offer(plan).sdp(), directions));
        List<String> received =
                accepted.received().stream().map(ReceivedTrack::mid).toList();
        assertEquals(
                IntStream.range(0, PeerConnection.MAX_RECEIVED)
                        .mapToObj(Integer::toString)
                        .toList(),
                received);
        assertEquals(load + PeerConnection.MAX_RECEIVED, small.worker.load(), "a producer each");
        assertFalse(accepted.needsOffer(), "no offer would change it");
        NegotiatedConnection again = small.connection.accept(
                client.answer(small.connection.offer(plan).sdp(), directions));
        assertEquals(accepted.received(), again.received());
    }

    @Test
    void keepsTheClientsSectionsAndAddsItsOwn() {
        connection.answer(call().offer(), NOTHING);
        ConnectionPlan plan = plan(false, video("a", null), video("b", null));
        assertTrue(connection.apply(plan).needsOffer());
        NegotiatedConnection offered = connection.offer(plan);
        assertEquals(List.of("inactive", "sendonly", "sendonly"), PlainClient.directions(offered.sdp()));
        assertEquals(List.of("0", "1", "2"), PlainClient.values(offered.sdp(), "mid"));
        // In the client's numbers, the new section too (RFC 8843 section 10.1.2).
        assertEquals(
                2,
                PlainClient.values(offered.sdp(), "rtpmap").stream()
                        .filter("96 VP8/90000"::equals)
                        .count());
        NegotiatedConnection accepted =
                connection.accept(client.answer(offered.sdp(), "inactive", "recvonly", "recvonly"));
        assertFalse(accepted.needsOffer());
        assertEquals(
                List.of("inactive", "sendonly", "sendonly"),
                PlainClient.directions(connection
                        .answer(call().video("2", "recvonly", 0).offer(), plan)
                        .sdp()));
    }

    @Test
    void asksForTheUplinkThatItRefusedBefore() {
        connection.answer(call().offer(), NOTHING);
        NegotiatedConnection offered = connection.offer(RECEIVE);
        assertEquals(List.of("recvonly", "recvonly"), PlainClient.directions(offered.sdp()));
        assertEquals(
                2,
                connection
                        .accept(client.answer(offered.sdp(), "sendonly", "sendonly"))
                        .received()
                        .size());
        NegotiatedConnection stopping = connection.offer(NOTHING);
        assertEquals(List.of("inactive", "inactive"), PlainClient.directions(stopping.sdp()));
        NegotiatedConnection stopped = connection.accept(client.answer(stopping.sdp(), "inactive", "inactive"));
        assertEquals(List.of(), stopped.received());
        assertTrue(stopped.clientSends(), "it would");
        assertFalse(stopped.needsOffer());
        assertTrue(connection.apply(RECEIVE).needsOffer());
    }

    @Test
    void asksForTheUplinkOnNewSectionsWhenItsOwnAskedForNone() {
        ConnectionPlan downlink = plan(false, audio("a", null), video("b", null));
        NegotiatedConnection first = connection.offer(downlink);
        assertEquals(List.of("sendonly", "sendonly"), PlainClient.directions(first.sdp()));
        connection.accept(client.answer(first.sdp(), "recvonly", "recvonly"));

        ConnectionPlan both = plan(true, audio("a", null), video("b", null));
        NegotiatedConnection asked = connection.offer(both);
        assertEquals(List.of("sendrecv", "sendrecv", "recvonly", "recvonly"), PlainClient.directions(asked.sdp()));
        NegotiatedConnection accepted =
                connection.accept(client.answer(asked.sdp(), "recvonly", "recvonly", "sendonly", "sendonly"));
        assertEquals(2, accepted.received().size());
        assertFalse(accepted.needsOffer());
        assertEquals(4, PlainClient.directions(connection.offer(both).sdp()).size(), "none is added again");
    }

    @Test
    void doesNotInsistOnWhatTheClientDeclines() {
        ConnectionPlan plan = plan(true, video("a", null), audio("b", null));
        NegotiatedConnection offered = connection.offer(plan);
        NegotiatedConnection accepted = connection.accept(client.answer(offered.sdp(), "stopped", "inactive"));
        assertFalse(accepted.clientSends());
        assertTrue(accepted.needsOffer(), "a has no section any more");
        offered = connection.offer(plan(true, audio("b", null)));
        assertEquals(List.of("rejected", "sendrecv", "recvonly"), PlainClient.directions(offered.sdp()));
        accepted = connection.accept(client.answer(offered.sdp(), "stopped", "inactive", "inactive"));
        assertFalse(accepted.needsOffer());
    }

    @Test
    void forgetsAnOfferThatIsRolledBack() {
        connection.answer(call().offer(), RECEIVE);
        ConnectionPlan plan = plan(true, video("a", null), video("b", null));
        String offer = connection.offer(plan).sdp();
        connection.rollback();
        connection.rollback();
        assertRefused(
                RefusalReason.INVALID_PARAMETERS,
                () -> connection.accept(client.answer(offer, "sendrecv", "sendrecv", "recvonly")));
        NegotiatedConnection state = connection.apply(plan);
        assertTrue(state.needsOffer());
        assertEquals(2, state.received().size());
        String again = connection.offer(plan).sdp();
        assertEquals(PlainClient.values(offer, "mid"), PlainClient.values(again, "mid"));
        assertNotEquals(
                PlainClient.values(offer, "ssrc").getLast(),
                PlainClient.values(again, "ssrc").getLast());
        assertFalse(connection
                .accept(client.answer(again, "sendrecv", "sendrecv", "recvonly"))
                .needsOffer());
    }

    @Test
    void givesWayToAnOfferOfTheClient() {
        ConnectionPlan plan = plan(true, video("a", null));
        connection.answer(call().offer(), NOTHING);
        String outstanding =
                connection.offer(plan(true, video("a", null), video("b", null))).sdp();
        NegotiatedConnection answered = connection.answer(call().offer(), plan);
        assertEquals(List.of("recvonly", "sendrecv"), PlainClient.directions(answered.sdp()));
        assertRefused(
                RefusalReason.INVALID_PARAMETERS,
                () -> connection.accept(client.answer(outstanding, "sendrecv", "sendrecv", "recvonly")));
    }

    @Test
    void staysWithItsOfferWhenItRefusesAnAnswer() {
        String offer = connection.offer(RECEIVE).sdp();
        String good = client.answer(offer, "sendonly", "sendonly");
        String swapped = good.replace("BUNDLE 0 1", "BUNDLE x 0")
                .replace("a=mid:0", "a=mid:x")
                .replace("a=mid:1", "a=mid:0");
        assertRefused(RefusalReason.INVALID_PARAMETERS, () -> connection.accept(swapped));
        assertRefused(
                RefusalReason.INVALID_PARAMETERS,
                () -> connection.accept(
                        client.answer(offer, "sendonly", "sendonly").replace(":1001 ", ":1000 ")));
        assertRefused(
                RefusalReason.NOT_ACCEPTABLE, () -> connection.accept(client.answer(offer, "stopped", "stopped")));
        assertEquals(2, connection.accept(good).received().size());
    }

    @Test
    void followsAPlanThatChangesMeanwhile() {
        String offer = connection.offer(RECEIVE).sdp();
        connection.apply(NOTHING);
        NegotiatedConnection accepted = connection.accept(client.answer(offer, "sendonly", "sendonly"));
        assertEquals(List.of(), accepted.received());
        assertTrue(accepted.needsOffer());
    }

    @Test
    void restartsIceWithTheServersNextOffer() {
        connection.answer(call().offer(), RECEIVE);
        String before = connection.offer(RECEIVE).sdp();
        bench.router.restartIce(bench.id);
        String after = connection.offer(RECEIVE).sdp();
        assertNotEquals(PlainClient.values(before, "ice-ufrag"), PlainClient.values(after, "ice-ufrag"));
    }

    @Test
    void countsItsDescriptions() {
        String first = connection.answer(call().offer(), RECEIVE).sdp();
        String second = connection.offer(RECEIVE).sdp();
        List<String> origins = List.of(first, second).stream()
                .map(sdp -> sdp.lines()
                        .filter(line -> line.startsWith("o="))
                        .findFirst()
                        .orElseThrow())
                .toList();
        String session = origins.getFirst().substring(0, origins.getFirst().indexOf(" 1 "));
        assertTrue(origins.getLast().startsWith(session + " 2 "), origins.toString());
    }

    @Test
    void offersNoMoreSectionsThanADescriptionMayHave() {
        List<MediaSource> sources = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sources.add(video("v" + i, null));
        }
        NegotiatedConnection offered = connection.offer(new ConnectionPlan(false, sources));
        assertEquals(
                PeerConnection.MAX_SECTIONS,
                PlainClient.directions(offered.sdp()).size());
        assertFalse(offered.needsOffer());
    }

    @Test
    void hasNothingToOfferWithoutAPlan() {
        assertRefused(RefusalReason.INVALID_PARAMETERS, () -> connection.offer(NOTHING));
    }
}
