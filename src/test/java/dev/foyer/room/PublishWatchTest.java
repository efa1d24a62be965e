package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtcpParameters;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.room.RoomEvent.ConsumerPaused;
import dev.foyer.room.RoomEvent.ProducerPaused;
import dev.foyer.room.RoomEvent.ProducerResumed;
import dev.foyer.room.RoomEvent.PublishLimited;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of 1,000 bits a second for a participant and 1,500 for the room, with three seconds above. */
class PublishWatchTest {
    private final House house = new House(settings(new PublishLimits(1_000, 1_500, Duration.ofSeconds(3))));
    private String camera;
    private String screen;
    private String microphone;
    private String other;

    private static RoomSettings settings(PublishLimits publish) {
        RoomSettings defaults = RoomSettings.defaults();
        return new RoomSettings(
                defaults.types(),
                defaults.silence(),
                defaults.recoveryWindow(),
                defaults.unusedTimeout(),
                new RoomLimits(10, ParticipantLimits.defaults(), publish));
    }

    /** a publishes three things, b one, c nothing. */
    @BeforeEach
    void publish() {
        for (String id : List.of("a", "b", "c")) {
            house.join(id, House.plain("user-" + id));
        }
        String send = house.transport("a", TransportDirection.SEND);
        camera = house.produce("a", send, false);
        screen = house.produce("a", send, false);
        microphone = house.ask(
                        "a",
                        new RoomCommand.Produce(
                                send,
                                MediaKind.AUDIO,
                                new RtpParameters("1", List.of(), List.of(), List.of(), new RtcpParameters(null, true)),
                                Map.of(),
                                false))
                .producerId();
        other = house.produce("b", house.transport("b", TransportDirection.SEND), false);
        house.consume("c", house.transport("c", TransportDirection.RECV), screen);
        house.forgetHeard();
    }

    private void arrives(String producer, long bps) {
        house.plane.session().bitrates.put(producer, bps);
    }

    private List<String> calls() {
        List<String> calls = house.plane.session().calls;
        return calls.stream()
                .filter(call -> call.matches("(pause|resume)Producer .*"))
                .toList();
    }

    @Test
    void stopsTheLargestVideoOfWhoPublishesTooMuchForTooLong() {
        arrives(camera, 400);
        arrives(screen, 500);
        arrives(microphone, 600);
        house.loop.advance(3_900);
        assertEquals(List.of(), calls(), "encoders overshoot");
        house.loop.advance(200);

        assertEquals(List.of("pauseProducer " + screen), calls());
        assertEquals(List.of(new PublishLimited(screen, 1_500, 1_000, 10_000)), house.hears("a", PublishLimited.class));
        List<RoomEvent> told = house.hears("c");
        assertTrue(told.contains(new ProducerPaused(screen, "a")), told.toString());
        assertTrue(told.stream().anyMatch(ConsumerPaused.class::isInstance), told.toString());
        assertEquals(List.of(new ProducerPaused(screen, "a")), house.hears("b"), "and loses nothing of its own");
        assertEquals(1, house.rooms.counters().publishLimited());
        house.loop.advance(8_000);
        assertEquals(1, calls().size(), "what is stopped does not count");
    }

    @Test
    void letsItThroughAgainAndStopsItAgainIfItIsStillTooMuch() {
        arrives(camera, 2_000);
        house.loop.advance(4_100);
        house.forgetHeard();
        house.loop.advance(9_000);
        assertEquals(List.of(), house.hears("c"));
        house.loop.advance(1_500);
        assertEquals(List.of(new ProducerResumed(camera, "a")), house.hears("c"));
        house.loop.advance(4_100);
        assertEquals(List.of(new ProducerPaused(camera, "a")), house.hears("c"));

        arrives(camera, 900);
        house.loop.advance(60_000);
        assertEquals(
                List.of(
                        "pauseProducer " + camera,
                        "resumeProducer " + camera,
                        "pauseProducer " + camera,
                        "resumeProducer " + camera),
                calls());
    }

    @Test
    void putsUpWithPeaks() {
        for (int i = 0; i < 20; i++) {
            arrives(camera, 5_000);
            house.loop.advance(2_000);
            arrives(camera, 500);
            house.loop.advance(1_100);
        }
        assertEquals(List.of(), calls());
    }

    @Test
    void stopsTheLargestPublisherOfARoomThatHasTooMuchOfAllTogether() {
        arrives(camera, 700);
        arrives(other, 900);
        house.loop.advance(4_100);

        assertEquals(List.of("pauseProducer " + other), calls());
        assertEquals(List.of(new PublishLimited(other, 1_600, 1_500, 10_000)), house.hears("b", PublishLimited.class));
    }

    @Test
    void doesNotLetItsOwnerResumeItBefore() {
        arrives(camera, 2_000);
        house.loop.advance(4_100);
        RoomException refusal =
                assertThrows(RoomException.class, () -> house.ask("a", new RoomCommand.ResumeProducer(camera)));
        assertEquals(RoomErrorCode.RATE_LIMITED, refusal.code());
        assertEquals(PublishWatch.PAUSE_MILLIS, refusal.retryAfterMillis());
        assertEquals(List.of("pauseProducer " + camera), calls());
        house.loop.advance(PublishWatch.PAUSE_MILLIS + 1_000);
        house.ask("a", new RoomCommand.ResumeProducer(camera));
    }

    @Test
    void leavesPausedWhatItsOwnerPausedMeanwhile() {
        arrives(camera, 2_000);
        house.loop.advance(4_100);
        house.ask("a", new RoomCommand.PauseProducer(camera));
        house.forgetHeard();
        house.loop.advance(60_000);
        assertEquals(List.of(), house.hears("c"));
        assertTrue(calls().stream().noneMatch(("resumeProducer " + camera)::equals));
    }

    @Test
    void asksNothingWhenThereIsNoLimit() {
        House unlimited = new House(settings(new PublishLimits(0, 0, Duration.ofSeconds(3))));
        unlimited.join("a", House.plain("user-a"));
        String producer = unlimited.produce("a", unlimited.transport("a", TransportDirection.SEND), false);
        unlimited.plane.session().bitrates.put(producer, Long.MAX_VALUE / 4);
        unlimited.loop.advance(60_000);
        assertTrue(unlimited.plane.session().calls.stream().noneMatch(call -> call.startsWith("pause")));
    }
}
