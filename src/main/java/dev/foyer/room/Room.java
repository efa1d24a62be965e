package dev.foyer.room;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
    private final PublishWatch publishing;

    private final Streams streams;
    private final Lobby lobby;
    private final TypeRules rules;
    private final Admission admission;
    private final RoomCommands commands;
    private final RoomTimer timer;
    private final Deadline end = new Deadline();

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
        this.seats = surroundings.observedSeats(view);
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
        this.timer = new RoomTimer(loop, () -> turn(() -> {}));
        this.modeSwitch = new ModeSwitch(seats, policy, media, session, surroundings, loop);
        this.lobby = new Lobby(seats);
        Enforcement enforcement = new Enforcement(policy, media, links);
        this.publishing = new PublishWatch(
                surroundings.settings().limits().publish(),
                holdings,
                session,
                enforcement,
                seats,
                surroundings.counters(),
                loop);
        Mutes mutes = new Mutes(seats, enforcement);
        Roles roles = new Roles(view.id(), spec.rules().limits(), seats, lobby, enforcement);
        GuestList guests = new GuestList(entry, type, seats, surroundings.random());
        this.admission = new Admission(view.id(), spec.rules(), seats, guests, lobby, loop);
        this.rules = new TypeRules(entry, surroundings, seats, guests, roles, loop);
        this.membership = new Membership(
                view,
                seats,
                policy,
                media,
                modeSwitch,
                links,
                streams,
                admission,
                mutes,
                roles,
                loop,
                surroundings.settings());
        this.commands = new RoomCommands(
                type,
                view,
                surroundings,
                loop,
                seats,
                policy,
                media,
                new Subscriptions(
                        policy,
                        session,
                        holdings,
                        surroundings.settings().limits().participant()),
                links,
                streams,
                new MeshSignals(seats, policy),
                rules,
                membership,
                lobby,
                new Moderators(view.id(), seats, membership, admission, lobby, mutes, roles));
        this.vacancy = new Vacancy(spec.keptEmpty(), surroundings.settings().unusedTimeout(), loop.nowNanos());
        Long endsAtMillis = spec.rules().endsAtMillis();
        if (endsAtMillis != null) {
            end.in(TimeUnit.MILLISECONDS.toNanos(Math.max(0, endsAtMillis - loop.nowMillis())), loop.nowNanos());
        }
        this.summary = summarize();
    }

    /** Starts the room's timers. Any thread. */
    void start() {
        later(rules::open);
    }

    /** Hears another room of the house, see {@link HousePost}. Any thread. */
    void hear(HouseNote note) {
        later(() -> {
            if (!closed && rules.hear(note)) {
                dissolve("house closed");
            }
        });
    }

    /**
     * Carries a command out; {@code ifClosed} runs instead when the room is closed. Any thread.
     *
     * @param participantId who gives it, or null for the server itself
     */
    <R extends RoomReply> void submit(
            @Nullable String participantId, RoomCommand<R> command, CompletableFuture<R> reply, Runnable ifClosed) {
        later(() -> {
            if (closed) {
                ifClosed.run();
                return;
            }
            Replies.pass(
                    reply,
                    () -> participantId == null
                            ? commands.administer(command)
                            : commands.carryOut(participantId, command));
        });
    }

    /** Says what the room is, to who will join it or null; {@code ifClosed} runs instead when it is closed. Any thread. */
    void describe(@Nullable String makerId, CompletableFuture<RoomReply.Created> reply, Runnable ifClosed) {
        later(() -> {
            if (closed) {
                ifClosed.run();
            } else {
                rules.madeBy(makerId);
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
                    view, policy.topology(), surroundings.mediaPlane().rtpCapabilities(), seats, holdings, lobby));
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
                dissolve(reason);
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
                publishing.tick(nowNanos);
                for (Participant absent : streams.tick(nowNanos)) {
                    membership.expel(absent, RoomErrorCode.TRANSPORT_NOT_FOUND);
                }
                rules.tick(nowNanos);
                vacancy.watch(seats.isEmpty() && rules.isDeserted(), nowNanos);
                if (vacancy.delayNanos(nowNanos) == 0) {
                    end();
                } else if (end.take(nowNanos)) {
                    dissolve("ended");
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

    private void producersChanged(Participant owner) {
        links.sourcesChanged(owner);
        streams.changed();
    }

    private void speakerChanged() {
        streams.changed();
    }

    private void dissolve(String reason) {
        seats.all().forEach(links::dismiss);
        seats.tellAll(new RoomEvent.RoomClosed(reason));
        end();
    }

    private void end() {
        closed = true;
        lobby.close();
        rules.close();
        for (Participant participant : List.copyOf(seats.all())) {
            membership.dismiss(participant);
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
            delay = Math.min(delay, rules.delayNanos(nowNanos));
            delay = Math.min(delay, vacancy.delayNanos(nowNanos));
            delay = Math.min(delay, publishing.delayNanos(nowNanos));
            delay = Math.min(delay, end.delayNanos(nowNanos));
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
                entry.spec().rules(),
                admission.locked(),
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
