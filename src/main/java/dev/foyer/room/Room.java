package dev.foyer.room;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room: a single writer on its loop. Everything that happens to it is a turn, which carries out one thing, lets the
 * policy draw its conclusions, sends what is to be told, and sets the timer for what comes next.
 */
final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    private static final RoomReply.Done DONE = new RoomReply.Done();
    private static final long NEVER = TopologyPolicy.NEVER;

    private final RoomEntry entry;
    private final RoomView view;
    private final RoomLoop loop;
    private final RoomSurroundings surroundings;
    private final IntConsumer seatsChanged;
    private final Function<Room, CompletionStage<Void>> ended;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    private final Seats seats;
    private final TopologyPolicy policy;
    private final Holdings holdings = new Holdings();
    private final SfuSession session;
    private final RoomMedia media;
    private final ModeSwitch modeSwitch;
    private final Membership membership;
    private final Speakers speakers;
    private final PlainLinks links;
    private final Vacancy vacancy;

    private final Streams streams;
    private final RoomTalk talk;
    private final MeshSignals mesh;
    private final RoomTimer timer;

    private boolean closed;
    private int seatsCounted;
    private volatile RoomSummary summary;

    /**
     * @param seatsChanged told by how much the number of taken seats grew
     * @param ended called once when the room closes; when its stage is complete, nobody can find the room any more
     */
    Room(
            RoomEntry entry,
            RoomLoop loop,
            RoomSurroundings surroundings,
            IntConsumer seatsChanged,
            Function<Room, CompletionStage<Void>> ended) {
        this.entry = entry;
        this.loop = loop;
        this.surroundings = surroundings;
        this.seatsChanged = seatsChanged;
        this.ended = ended;
        RoomSpec spec = entry.spec();
        RoomTypeSettings type = surroundings.settings().type(spec.type());
        this.view = RoomView.of(entry, type);
        this.seats = new Seats(surroundings.sink());
        this.policy = new TopologyPolicy(type.topology(), spec.sfuOnly());
        this.session = new SfuSession(entry.roomId(), surroundings.mediaPlane(), this::later, new Listener());
        this.media = new RoomMedia(
                seats,
                policy,
                session,
                holdings,
                surroundings.settings().limits().participant(),
                this::producersChanged);
        Connections connections = new Connections(seats, session, holdings, media);
        this.links = new PlainLinks(
                seats,
                policy,
                session,
                connections,
                new SourcePlan(holdings),
                new SignalPost(entry.roomId(), seats, surroundings.counters()),
                loop);
        this.speakers = new Speakers(seats, policy, holdings, this::speakerChanged);
        this.streams = new Streams(seats, holdings, connections, speakers, loop);
        this.mesh = new MeshSignals(seats, policy);
        this.timer = new RoomTimer(loop, () -> turn(() -> {}));
        this.talk = new RoomTalk(seats, spec.type(), loop);
        this.modeSwitch = new ModeSwitch(seats, policy, media, session, surroundings, loop);
        this.membership =
                new Membership(view, seats, policy, media, modeSwitch, links, streams, loop, surroundings.settings());
        this.vacancy = new Vacancy(spec.keptEmpty(), surroundings.settings().unusedTimeout(), loop.nowNanos());
        this.summary = summarize();
    }

    /** Starts the room's timers. Any thread. */
    void start() {
        later(() -> {});
    }

    /** Carries a command out; {@code ifClosed} runs instead when the room is closed. Any thread. */
    <R extends RoomReply> void submit(
            String participantId, RoomCommand<R> command, CompletableFuture<R> reply, Runnable ifClosed) {
        later(() -> {
            if (closed) {
                ifClosed.run();
                return;
            }
            CompletionStage<? extends RoomReply> stage;
            try {
                stage = carryOut(participantId, command);
            } catch (RoomException refusal) {
                reply.completeExceptionally(refusal);
                return;
            } catch (RuntimeException bug) {
                reply.completeExceptionally(new RoomException(RoomErrorCode.INTERNAL));
                throw bug;
            }
            stage.whenComplete((value, failure) -> {
                if (failure != null) {
                    reply.completeExceptionally(RoomException.of(failure));
                } else {
                    @SuppressWarnings("unchecked") // Each command is carried out with the reply that its type names.
                    R answer = (R) value;
                    reply.complete(answer);
                }
            });
        });
    }

    /** Says what the room is; {@code ifClosed} runs instead when it is closed. Any thread. */
    void describe(CompletableFuture<RoomReply.Created> reply, Runnable ifClosed) {
        later(() -> {
            if (closed) {
                ifClosed.run();
            } else {
                reply.complete(
                        new RoomReply.Created(view, surroundings.mediaPlane().rtpCapabilities()));
            }
        });
    }

    /** Says what is in the room; {@code ROOM_NOT_FOUND} when it is closed. Any thread. */
    void report(CompletableFuture<RoomReport> reply) {
        later(() -> {
            if (closed) {
                reply.completeExceptionally(new RoomException(RoomErrorCode.ROOM_NOT_FOUND));
                return;
            }
            reply.complete(RoomReport.of(
                    view, policy.topology(), surroundings.mediaPlane().rtpCapabilities(), seats, holdings));
        });
    }

    /** Takes the seats of a user away. Any thread. */
    void expel(String userId, CompletableFuture<Void> reply) {
        later(() -> {
            List<Participant> expelled = seats.all().stream()
                    .filter(participant -> participant.userId.equals(userId))
                    .toList();
            if (closed || expelled.isEmpty()) {
                reply.completeExceptionally(
                        new RoomException(closed ? RoomErrorCode.ROOM_NOT_FOUND : RoomErrorCode.PARTICIPANT_NOT_FOUND));
                return;
            }
            for (Participant participant : expelled) {
                membership.expel(participant, RoomErrorCode.PARTICIPANT_NOT_FOUND);
            }
            reply.complete(null);
        });
    }

    /** Ends the room. Any thread. */
    void close(String reason) {
        later(() -> {
            if (!closed) {
                seats.all().forEach(links::dismiss);
                seats.tellAll(new RoomEvent.RoomClosed(reason));
                end();
            }
        });
    }

    /** Completes when the room is closed and cannot be found any more. */
    CompletionStage<Void> gone() {
        return gone;
    }

    /** Tells everybody to connect elsewhere. Any thread. */
    void announceMove(@Nullable String url) {
        later(() -> seats.tellAll(new RoomEvent.Moved(url)));
    }

    /** The room as it was after its last turn. Any thread. */
    RoomSummary summary() {
        return summary;
    }

    private void later(Runnable task) {
        loop.execute(() -> turn(task));
    }

    private void turn(Runnable task) {
        try {
            task.run();
            if (!closed) {
                long nowNanos = loop.nowNanos();
                membership.tick(nowNanos);
                modeSwitch.tick(nowNanos);
                membership.applyAndRemove(policy.advance(nowNanos), null);
                links.tick(nowNanos);
                for (Participant absent : streams.tick(nowNanos)) {
                    membership.expel(absent, RoomErrorCode.TRANSPORT_NOT_FOUND);
                }
                vacancy.watch(seats.isEmpty(), nowNanos);
                if (vacancy.delayNanos(nowNanos) == 0) {
                    end();
                }
            }
        } catch (RuntimeException bug) {
            LOG.error("room {} failed in a turn", view.id(), bug);
        }
        seats.flush();
        int size = seats.size();
        if (size != seatsCounted) {
            seatsChanged.accept(size - seatsCounted);
            seatsCounted = size;
        }
        summary = summarize();
        setTimer();
    }

    private CompletionStage<? extends RoomReply> carryOut(String id, RoomCommand<?> command) {
        if (command instanceof RoomCommand.Join join) {
            return CompletableFuture.completedStage(join(id, join));
        }
        Participant participant = seats.find(id);
        if (participant == null) {
            if (command instanceof RoomCommand.Negotiate) {
                surroundings.counters().crossRoomRefused();
            }
            throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
        }
        return switch (command) {
            case RoomCommand.Join _ -> throw new IllegalStateException("joins are carried out before");
            case RoomCommand.CreateTransport c -> media.createTransport(participant, c.direction());
            case RoomCommand.ConnectTransport c -> media.connectTransport(participant, c);
            case RoomCommand.RestartIce c -> media.restartIce(participant, c.transportId());
            case RoomCommand.Produce c -> media.produce(participant, c);
            case RoomCommand.PauseProducer c -> media.pauseProducer(participant, c.producerId());
            case RoomCommand.ResumeProducer c -> media.resumeProducer(participant, c.producerId());
            case RoomCommand.CloseProducer c -> media.closeProducer(participant, c.producerId());
            case RoomCommand.Consume c -> media.consume(participant, c);
            case RoomCommand.PauseConsumer c -> media.pauseConsumer(participant, c.consumerId());
            case RoomCommand.ResumeConsumer c -> media.resumeConsumer(participant, c.consumerId());
            case RoomCommand.CloseConsumer c -> media.closeConsumer(participant, c.consumerId());
            case RoomCommand.SetPreferredLayers c -> media.setPreferredLayers(participant, c);
            case RoomCommand.SetPriority c -> media.setPriority(participant, c);
            case RoomCommand.RequestKeyFrame c -> media.requestKeyFrame(participant, c.consumerId());
            case RoomCommand.GetStats c -> media.stats(participant, c);
            case RoomCommand.GetProducers _ ->
                CompletableFuture.completedStage(new RoomReply.Producers(media.producersFor(participant)));
            case RoomCommand.Leave _ -> done(() -> membership.remove(participant));
            case RoomCommand.Suspend _ -> done(() -> membership.suspend(participant));
            case RoomCommand.Return _ -> done(() -> membership.comeBack(participant));
            case RoomCommand.Signal c -> done(() -> mesh.pass(participant, c));
            case RoomCommand.Negotiate c -> links.negotiate(participant, c);
            case RoomCommand.Publish c -> streams.publish(participant, c.offer());
            case RoomCommand.Subscribe c -> subscribe(participant, c);
            case RoomCommand.ModeReady c -> done(() -> policy.ready(id, c.epoch()));
            case RoomCommand.ReportLink c -> done(() -> mesh.report(participant, c.report(), loop.nowNanos()));
            case RoomCommand.RequestMode c -> done(() -> policy.request(id, c.mode() == TopologyMode.SFU));
            case RoomCommand.UpdatePeer c ->
                done(() -> {
                    membership.update(participant, c);
                    streams.changed();
                });
            case RoomCommand.ShareScreen c ->
                done(() -> {
                    membership.shareScreen(participant, c.sharing());
                    streams.changed();
                });
            case RoomCommand.Chat c -> done(() -> talk.chat(participant, c.text()));
            case RoomCommand.RaiseHand c -> done(() -> talk.raiseHand(participant, c.raised()));
            case RoomCommand.SetPlayback c -> done(() -> talk.play(participant, c.playback()));
        };
    }

    private static CompletionStage<RoomReply.Done> done(Runnable action) {
        action.run();
        return CompletableFuture.completedStage(DONE);
    }

    private RoomReply.Joined join(String id, RoomCommand.Join join) {
        Participant participant = membership.join(id, join);
        return new RoomReply.Joined(
                id,
                participant.peer(),
                membership.peersOf(participant),
                policy.topology(),
                view,
                surroundings.iceServers().forUser(participant.userId),
                surroundings.mediaPlane().rtpCapabilities(),
                media.producersFor(participant),
                talk.playback());
    }

    private CompletionStage<RoomReply.Answered> subscribe(Participant participant, RoomCommand.Subscribe command) {
        Target of = command.of();
        return streams.subscribe(participant, command.offer(), of == null ? new Target.Others() : of);
    }

    private void producersChanged(Participant owner) {
        links.sourcesChanged(owner);
        streams.changed();
    }

    private void speakerChanged() {
        streams.changed();
    }

    private void end() {
        closed = true;
        for (Participant participant : List.copyOf(seats.all())) {
            seats.remove(participant);
        }
        holdings.clear();
        session.close();
        // Whoever waits for the end may cut connections at once.
        seats.flush();
        LOG.info("room {} ended", view.id());
        ended.apply(this).whenComplete((_, _) -> gone.complete(null));
    }

    private void setTimer() {
        long nowNanos = loop.nowNanos();
        long delay = NEVER;
        if (!closed) {
            delay = Math.min(policy.delayNanos(nowNanos), membership.delayNanos(nowNanos));
            delay = Math.min(delay, modeSwitch.delayNanos(nowNanos));
            delay = Math.min(delay, links.delayNanos(nowNanos));
            delay = Math.min(delay, streams.delayNanos(nowNanos));
            delay = Math.min(delay, vacancy.delayNanos(nowNanos));
        }
        timer.set(delay, nowNanos);
    }

    private RoomSummary summarize() {
        return new RoomSummary(
                view,
                seats.size(),
                policy.topology().mode(),
                entry.spec().listed()
                        && surroundings.settings().type(view.type()).listable(),
                entry.createdAtMillis());
    }

    /** What the media session says, on the room's loop. */
    private final class Listener implements MediaListener {
        @Override
        public void transportState(String transportId, TransportState state) {
            Holdings.Transport transport = holdings.findTransport(transportId);
            if (transport != null) {
                media.transportState(transport, state);
                links.transportState(transportId, transport.owner, state);
                streams.transportState(transportId, state);
            }
        }

        @Override
        public void consumerClosed(String consumerId) {
            media.consumerClosed(consumerId);
        }

        @Override
        public void producerClosed(String producerId) {
            media.producerClosed(producerId);
        }

        @Override
        public void layersChanged(String consumerId, int spatialLayer, int temporalLayer) {
            media.layersChanged(consumerId, spatialLayer, temporalLayer);
        }

        @Override
        public void audioLevels(Map<String, Integer> levelsByProducer) {
            speakers.hear(levelsByProducer, loop.nowNanos());
        }

        @Override
        public void sessionLost(String reason) {
            LOG.warn("room {} lost its media session: {}", view.id(), reason);
            boolean anythingLost = !holdings.isEmpty();
            holdings.clear();
            links.sfuLost();
            streams.sfuLost();
            membership.applyAndRemove(modeSwitch.sessionLost(anythingLost), null);
        }
    }
}
