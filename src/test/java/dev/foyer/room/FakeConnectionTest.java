package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The fake answers as the port's description says, or tests upon it prove nothing. */
class FakeConnectionTest {
    private static final MediaSource AUDIO = new MediaSource("audio", MediaKind.AUDIO, "a1");
    private static final MediaSource VIDEO = new MediaSource("video", MediaKind.VIDEO, null);

    private final FakeMediaPlane plane = new FakeMediaPlane();
    private final MediaSession session =
            plane.open("room", null).toCompletableFuture().join();
    private final String id =
            session.createConnection("peer").toCompletableFuture().join();
    private final FakeConnection connection = plane.session().connections.get(id);

    private NegotiatedConnection answer(ConnectionPlan plan, String... sections) {
        return session.answer(id, FakeSdp.of("7", sections).text(), plan)
                .toCompletableFuture()
                .join();
    }

    private static FakeSdp read(NegotiatedConnection step) {
        return Objects.requireNonNull(FakeSdp.parse(Objects.requireNonNull(step.sdp())));
    }

    private static List<String> directions(NegotiatedConnection step) {
        return read(step).sections().stream().map(FakeSdp.Section::direction).toList();
    }

    @Test
    void takesTheClientsMediaAndSendsTheSources() {
        NegotiatedConnection step =
                answer(new ConnectionPlan(true, List.of(AUDIO, VIDEO)), "audio sendrecv", "video sendrecv");
        assertEquals(List.of("sendrecv", "sendrecv"), directions(step));
        assertEquals(2, step.received().size());
        assertTrue(step.clientSends());
        assertFalse(step.needsOffer());
        assertEquals(Map.of("audio", "a1"), connection.sending());
    }

    @Test
    void stopsTheClientWhereNothingIsToBeReceived() {
        NegotiatedConnection step = answer(new ConnectionPlan(false, List.of(AUDIO)), "audio sendrecv");
        assertEquals(List.of("sendonly"), directions(step));
        assertEquals(List.of(), step.received());
        assertTrue(step.clientSends());
    }

    @Test
    void sourceWithoutSectionNeedsAnOffer() {
        assertTrue(answer(new ConnectionPlan(false, List.of(AUDIO, VIDEO)), "audio recvonly")
                .needsOffer());
        NegotiatedConnection offer = session.offer(id, new ConnectionPlan(true, List.of(AUDIO, VIDEO)))
                .toCompletableFuture()
                .join();
        assertEquals(List.of("sendrecv", "sendrecv"), directions(offer));
        String text = FakeSdp.of("7", "audio recvonly", "video sendrecv").text();
        NegotiatedConnection accepted =
                session.accept(id, text).toCompletableFuture().join();
        assertEquals(1, accepted.received().size());
        assertFalse(accepted.needsOffer());
    }

    @Test
    void anotherProducerTakesOverWithoutAnOffer() {
        answer(new ConnectionPlan(false, List.of(AUDIO, VIDEO)), "audio recvonly", "video recvonly");
        MediaSource video = new MediaSource("video", MediaKind.VIDEO, "v9");
        assertFalse(session.apply(id, new ConnectionPlan(false, List.of(AUDIO, video)))
                .toCompletableFuture()
                .join()
                .needsOffer());
        assertEquals(Map.of("audio", "a1", "video", "v9"), connection.sending());
    }

    @Test
    void refusesWhatIsNoSdp() {
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> session.answer(id, "hello", new ConnectionPlan(true, List.of()))
                        .toCompletableFuture()
                        .join());
        assertEquals(MediaError.INVALID_PARAMETERS, ((MediaException) refused.getCause()).error());
    }

    @Test
    void answersAnOfferOfNothingWithNothing() {
        NegotiatedConnection step = answer(new ConnectionPlan(true, List.of(AUDIO)));
        assertEquals(List.of(), read(step).sections());
        assertTrue(step.needsOffer());
    }
}
