package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.room.Holdings.Transport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A plain client's connection to a peer, ended by the server in the peer's place. The server behaves as a client would of
 * which the other end cannot complain: it answers whatever is offered, never offers while it answers, takes its own offer
 * back when the two cross and the client does not, and offers when something is missing.
 *
 * <p>A description from another peer connection than the last gets a new connection to the SFU; the old one is closed when
 * the new one is negotiated.
 */
final class ServedLink {
    private static final RoomReply.Done DONE = new RoomReply.Done();

    private final Acquaintance acquaintance;
    private final Participant client;
    private final Participant peer;
    private final Uplink uplink;
    private final LinkContext context;

    private final Deadline start = new Deadline();
    private final Deadline glare = new Deadline();
    private final Deadline unanswered = new Deadline();
    private final Deadline slot = new Deadline();

    private Phase phase = Phase.IDLE;

    /** Grows whenever all that is under way becomes void. */
    private int generation;

    private @Nullable Transport connection;

    /** The connection of a negotiation that is under way, when that is a new one. */
    private @Nullable Transport building;

    /** The client's peer connection that {@link #connection} is connected to, by its descriptions. */
    private @Nullable String clientSession;

    /** The client's peer connection that it last offered from. */
    private @Nullable String lastSession;

    private @Nullable Waiting waiting;
    private ConnectionPlan plan = new ConnectionPlan(false, List.of());
    private boolean freshPerOffer;
    private boolean clientSends;
    private boolean negotiated;
    private boolean wantsOffer;
    private boolean planned = true;
    private int tries;
    private int deaths;

    ServedLink(Acquaintance acquaintance, Uplink uplink, LinkContext context) {
        this.acquaintance = acquaintance;
        this.client = acquaintance.client;
        this.peer = acquaintance.peer;
        this.uplink = uplink;
        this.context = context;
        MeshSupport.Plain plain = client.plain();
        this.freshPerOffer = plain != null && plain.connectionPerOffer();
    }

    /** The client comes into a room where the peer is: it hears of the peer when their connection stands, or late. */
    void meetAsNewcomer(boolean byReply, long nowNanos) {
        if (client.offersUnasked()) {
            acquaintance.holdBack(nowNanos);
            start.in(LinkTiming.SERVER_OFFER_NANOS, nowNanos);
            return;
        }
        if (byReply) {
            acquaintance.metByReply();
        } else {
            acquaintance.meet();
        }
        start.in(LinkTiming.CONVENTION_NANOS, nowNanos);
    }

    /** The client hears of the peer now and is given time to offer. */
    void meet(long nowNanos) {
        acquaintance.meet();
        start.in(client.offersUnasked() ? LinkTiming.HOLD_NANOS : LinkTiming.CONVENTION_NANOS, nowNanos);
    }

    /** The client is told that the peer left and joined, and all begins anew. */
    void replay(String why, long nowNanos) {
        context.post().replayed(acquaintance, why);
        close();
        acquaintance.part();
        meet(nowNanos);
    }

    /** Ends the connection, if there is one. What is still under way is void. */
    void close() {
        generation++;
        acquaintance.retire(clientSession);
        acquaintance.retire(lastSession);
        context.connections().close(connection);
        context.connections().close(building);
        connection = null;
        building = null;
        clientSession = null;
        lastSession = null;
        phase = Phase.IDLE;
        start.clear();
        glare.clear();
        unanswered.clear();
        slot.clear();
        clientSends = false;
        negotiated = false;
        wantsOffer = false;
        finishWaiting();
        uplink.lost(this);
        context.touch().run();
    }

    /** Whether the client and the server have negotiated since they began. */
    boolean isNegotiated() {
        return negotiated;
    }

    boolean isStable() {
        return phase == Phase.STABLE;
    }

    boolean clientSends() {
        return clientSends;
    }

    boolean isOfferedRecently(long nowNanos) {
        return slot.isSet() && slot.delayNanos(nowNanos) > 0;
    }

    boolean has(String transportId) {
        return connection != null && connection.id.equals(transportId);
    }

    /** Something is to be negotiated that the client does not know of. */
    void wantOffer() {
        wantsOffer = true;
    }

    /** What the peer publishes changed. */
    void sourcesChanged() {
        planned = false;
    }

    /** The connection died of itself. */
    void died(long nowNanos) {
        boolean again = deaths++ < LinkTiming.TRIES;
        close();
        if (again && !client.away) {
            replay("its connection ended", nowNanos);
        }
    }

    CompletionStage<RoomReply.Done> signal(PeerSignal signal, long nowNanos) {
        return switch (signal) {
            case PeerSignal.Offer offer -> offered(offer, nowNanos);
            case PeerSignal.Answer answer -> answered(answer);
            case PeerSignal.Candidate candidate -> {
                // The server is ICE-lite: it learns of the client's addresses by its checks.
                context.post().served(client, peer, candidate);
                yield CompletableFuture.completedStage(DONE);
            }
        };
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        if (acquaintance.tick(nowNanos) && phase == Phase.IDLE) {
            start.in(LinkTiming.HOLD_NANOS, nowNanos);
        }
        if (client.suspended && phase == Phase.OFFERED) {
            postpone(glare, nowNanos);
            postpone(unanswered, nowNanos);
        }
        Waiting crossed = waiting;
        if (crossed != null && phase != Phase.BUSY && (phase != Phase.OFFERED || glare.take(nowNanos))) {
            takeBack();
            waiting = null;
            answer(crossed);
        } else if (unanswered.take(nowNanos)) {
            giveUp("an offer is not answered", nowNanos);
        } else if (phase == Phase.IDLE && start.delayNanos(nowNanos) == 0 && mayOffer(nowNanos)) {
            offer(nowNanos);
        } else if (phase == Phase.STABLE) {
            if (!planned) {
                apply();
            }
            if (wantsOffer && start.isSet() == (start.delayNanos(nowNanos) == 0) && mayOffer(nowNanos)) {
                offer(nowNanos);
            }
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        long delay = acquaintance.delayNanos(nowNanos);
        if (phase == Phase.IDLE || wantsOffer) {
            delay = Math.min(delay, later(start, nowNanos));
        }
        delay = Math.min(delay, glare.delayNanos(nowNanos));
        delay = Math.min(delay, unanswered.delayNanos(nowNanos));
        // When its time is over, others may be offered to.
        return Math.min(delay, later(slot, nowNanos));
    }

    /** A deadline that has passed waits for something else than time. */
    private static long later(Deadline deadline, long nowNanos) {
        long delay = deadline.delayNanos(nowNanos);
        return delay == 0 ? Deadline.NEVER : delay;
    }

    private static void postpone(Deadline deadline, long nowNanos) {
        if (deadline.take(nowNanos)) {
            deadline.in(LinkTiming.RETRY_NANOS, nowNanos);
        }
    }

    private boolean mayOffer(long nowNanos) {
        return !client.suspended && uplink.mayOffer(nowNanos);
    }

    private CompletionStage<RoomReply.Done> offered(PeerSignal.Offer offer, long nowNanos) {
        SdpOutline outline = SdpOutline.of(offer.sdp());
        if (acquaintance.isRetired(outline.session())) {
            context.post().drop(client, peer, offer);
            return CompletableFuture.completedStage(DONE);
        }
        lastSession = outline.session();
        finishWaiting();
        Waiting asked = new Waiting(offer, outline, new CompletableFuture<>());
        if (phase == Phase.BUSY || phase == Phase.OFFERED) {
            waiting = asked;
            if (phase == Phase.OFFERED) {
                glare.in(LinkTiming.GLARE_NANOS, nowNanos);
            }
        } else {
            answer(asked);
        }
        return asked.reply;
    }

    private void answer(Waiting asked) {
        context.post().served(client, peer, asked.offer);
        String session = asked.outline.session();
        boolean fresh =
                connection == null || (clientSession != null && session != null && !clientSession.equals(session));
        ConnectionPlan next = plan();
        phase = Phase.BUSY;
        settle(
                target(fresh).thenCompose(target -> context.connections().answer(target, asked.offer.sdp(), next)),
                next,
                session,
                asked.reply,
                step -> {
                    wantsOffer = step.needsOffer();
                    String answer = step.sdp();
                    if (answer != null) {
                        context.post().speakFor(peer, client, new PeerSignal.Answer(answer, null));
                    }
                });
    }

    private void offer(long nowNanos) {
        int mine = generation;
        boolean first = phase == Phase.IDLE;
        ConnectionPlan next = plan();
        phase = Phase.BUSY;
        start.clear();
        slot.in(LinkTiming.SLOT_NANOS, nowNanos);
        wantsOffer = false;
        target(freshPerOffer || connection == null)
                .thenCompose(target -> context.connections().offer(target, next))
                .whenComplete((step, failure) -> {
                    if (mine != generation) {
                        return;
                    }
                    context.touch().run();
                    phase = Phase.OFFERED;
                    plan = next;
                    String sdp = failure == null ? step.sdp() : null;
                    if (sdp == null) {
                        takeBack();
                        wantsOffer = !first;
                        start.in(LinkTiming.UNANSWERED_NANOS, context.loop().nowNanos());
                    } else if (waiting == null) {
                        unanswered.in(
                                LinkTiming.UNANSWERED_NANOS, context.loop().nowNanos());
                        context.post().speakFor(peer, client, new PeerSignal.Offer(sdp, null));
                    } else {
                        takeBack();
                    }
                });
    }

    private CompletionStage<RoomReply.Done> answered(PeerSignal.Answer answer) {
        SdpOutline outline = SdpOutline.of(answer.sdp());
        Transport target = building != null ? building : connection;
        if (phase != Phase.OFFERED || target == null || acquaintance.isRetired(outline.session())) {
            context.post().drop(client, peer, answer);
            return CompletableFuture.completedStage(DONE);
        }
        context.post().served(client, peer, answer);
        if (target == connection && clientSession != null && !clientSession.equals(outline.session())) {
            // It makes a new peer connection for each offer, and this one answers an offer to the old.
            freshPerOffer = true;
            wantsOffer = true;
            takeBack();
            return CompletableFuture.completedStage(DONE);
        }
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        phase = Phase.BUSY;
        // An offer of the client's that crossed was rolled back by it, or it could not answer.
        finishWaiting();
        settle(context.connections().accept(target, answer.sdp()), plan, outline.session(), reply, _ -> {});
        return reply;
    }

    /** Takes in what comes of a step that completes a negotiation. */
    private void settle(
            CompletionStage<NegotiatedConnection> step,
            ConnectionPlan next,
            @Nullable String session,
            CompletableFuture<RoomReply.Done> reply,
            Consumer<NegotiatedConnection> then) {
        int mine = generation;
        start.clear();
        glare.clear();
        unanswered.clear();
        step.whenComplete((result, failure) -> {
            if (mine != generation) {
                reply.complete(DONE);
                return;
            }
            context.touch().run();
            if (failure != null) {
                phase = Phase.OFFERED;
                takeBack();
                reply.completeExceptionally(failure);
                return;
            }
            if (building != null) {
                // First, so that what comes in on the new connection takes the place of what came in on the old.
                context.connections().close(connection);
                connection = building;
                building = null;
            }
            phase = Phase.STABLE;
            slot.clear();
            plan = next;
            clientSession = session;
            clientSends = result.clientSends();
            negotiated = true;
            tries = 0;
            take(result);
            uplink.negotiated(
                    this,
                    next.receive(),
                    !result.received().isEmpty(),
                    context.loop().nowNanos());
            then.accept(result);
            acquaintance.release();
            reply.complete(DONE);
        });
    }

    private void apply() {
        ConnectionPlan next =
                new ConnectionPlan(uplink.isCarriedBy(this), context.sources().of(peer, client));
        planned = true;
        Transport target = connection;
        if (target == null || next.sources().equals(plan.sources())) {
            return;
        }
        int mine = generation;
        plan = next;
        context.connections().apply(target, next).whenComplete((result, failure) -> {
            if (mine == generation && failure == null && target == connection) {
                context.touch().run();
                take(result);
                wantsOffer |= result.needsOffer();
            }
        });
    }

    private void take(NegotiatedConnection result) {
        Transport stands = connection;
        if (stands != null) {
            context.connections().take(stands, result.received());
        }
    }

    private ConnectionPlan plan() {
        planned = true;
        return new ConnectionPlan(uplink.claim(this), context.sources().of(peer, client));
    }

    /** The connection to negotiate on. */
    private CompletionStage<Transport> target(boolean fresh) {
        Transport stands = connection;
        if (!fresh && stands != null) {
            return CompletableFuture.completedStage(stands);
        }
        int mine = generation;
        return context.connections().create(client, peer.id()).thenApply(created -> {
            if (mine != generation) {
                context.connections().close(created);
                throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
            }
            building = created;
            return created;
        });
    }

    /** The negotiation that is under way is over and changes nothing. */
    private void takeBack() {
        if (phase == Phase.OFFERED) {
            if (building != null) {
                context.connections().close(building);
                building = null;
            } else if (connection != null) {
                context.connections().rollback(connection);
            }
            uplink.release(this);
        }
        phase = connection == null ? Phase.IDLE : Phase.STABLE;
        slot.clear();
        glare.clear();
        unanswered.clear();
    }

    private void giveUp(String why, long nowNanos) {
        takeBack();
        if (tries++ < LinkTiming.TRIES) {
            replay(why, nowNanos);
        }
    }

    private void finishWaiting() {
        Waiting crossed = waiting;
        if (crossed != null) {
            waiting = null;
            context.post().drop(client, peer, crossed.offer);
            crossed.reply.complete(DONE);
        }
    }

    private enum Phase {
        /** There is no connection. */
        IDLE,
        /** The SFU is asked for something. */
        BUSY,
        /** The client is to answer the server's offer. */
        OFFERED,
        /** The last negotiation is through. */
        STABLE
    }

    /** An offer of the client's that is to be answered. */
    private record Waiting(PeerSignal.Offer offer, SdpOutline outline, CompletableFuture<RoomReply.Done> reply) {}
}
