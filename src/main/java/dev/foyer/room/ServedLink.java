package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.NegotiatedConnection;
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
    private final ServedConnection connection;
    final LinkDeadlines deadlines = new LinkDeadlines();
    private final LinkDeaths deaths = new LinkDeaths();
    private LinkPhase phase = LinkPhase.IDLE;

    /** The client's peer connection that it last offered from. */
    private @Nullable String lastSession;

    private @Nullable Waiting waiting;
    private boolean freshPerOffer;
    private boolean clientSends;
    private boolean negotiated;
    private boolean wantsOffer;
    private boolean planned = true;
    private int tries;

    ServedLink(Acquaintance acquaintance, Uplink uplink, LinkContext context) {
        this.acquaintance = acquaintance;
        this.client = acquaintance.client;
        this.peer = acquaintance.peer;
        this.uplink = uplink;
        this.context = context;
        this.connection = new ServedConnection(client, peer.id(), context.connections());
        MeshSupport.Plain plain = client.plain();
        this.freshPerOffer = plain != null && plain.connectionPerOffer();
    }

    /** The client comes into a room where the peer is: it hears of the peer when their connection stands, or late. */
    void meetAsNewcomer(boolean byReply, long nowNanos) {
        if (client.offersUnasked()) {
            acquaintance.holdBack(nowNanos);
            deadlines.begin(LinkTiming.SERVER_OFFER_NANOS, nowNanos);
            return;
        }
        if (byReply) {
            acquaintance.metByReply();
        } else {
            acquaintance.meet();
        }
        deadlines.begin(LinkTiming.CONVENTION_NANOS, nowNanos);
    }

    /** The client hears of the peer as soon as it can bear it, and is given time to offer. */
    void meet(long nowNanos) {
        if (client.offersUnasked()) {
            acquaintance.announce();
            tell(nowNanos);
        } else {
            acquaintance.meet();
            deadlines.begin(LinkTiming.CONVENTION_NANOS, nowNanos);
        }
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
        acquaintance.retire(connection.clientSession());
        acquaintance.retire(lastSession);
        connection.close();
        lastSession = null;
        phase = LinkPhase.IDLE;
        deadlines.clear();
        clientSends = false;
        deaths.closed();
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
        return phase == LinkPhase.STABLE;
    }

    boolean clientSends() {
        return clientSends;
    }

    boolean has(String transportId) {
        return connection.has(transportId);
    }

    /** Something is to be negotiated that the client does not know of. */
    void wantOffer() {
        wantsOffer = true;
    }

    /** What the peer publishes changed. */
    void sourcesChanged() {
        planned = false;
    }

    /** The client's end has reached the server's. */
    void connected(long nowNanos) {
        deadlines.connect.clear();
        deaths.connected(nowNanos);
    }

    /** Nothing has come from the client for so long that its end may be lost, though it may come back. */
    void disconnected(long nowNanos) {
        deaths.disconnected(nowNanos);
        if (!deadlines.connect.isSet()) {
            deadlines.connect.in(LinkTiming.CONNECT_NANOS, nowNanos);
        }
    }

    /** The connection died of itself, or never came to life. */
    void died(long nowNanos) {
        boolean again = deaths.died(nowNanos);
        close();
        if (again && !client.away) {
            replay("its connection ended", nowNanos);
        }
    }

    CompletionStage<RoomReply.Done> signal(PeerSignal signal, long nowNanos) {
        return switch (signal) {
            case PeerSignal.Offer offer -> offered(offer, nowNanos);
            case PeerSignal.Answer answer -> answered(answer, nowNanos);
            case PeerSignal.Candidate candidate -> {
                // The server is ICE-lite: it learns of the client's addresses by its checks.
                context.post().served(client, peer, candidate);
                yield CompletableFuture.completedStage(DONE);
            }
        };
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        tell(nowNanos);
        if (deadlines.tick(client.suspended, nowNanos)) {
            context.touch().run();
        }
        if (deadlines.connect.take(nowNanos)) {
            // It may have been negotiated with a peer connection that was closed meanwhile.
            died(nowNanos);
        }
        Waiting crossed = waiting;
        if (crossed != null
                && phase != LinkPhase.BUSY
                && (phase != LinkPhase.OFFERED || deadlines.glare.take(nowNanos))) {
            takeBack();
            waiting = null;
            answer(crossed);
        } else if (deadlines.unanswered.take(nowNanos)) {
            giveUp("an offer is not answered", nowNanos);
        } else if (phase == LinkPhase.IDLE && deadlines.isStarted() && hasSomethingToOffer() && mayOffer(nowNanos)) {
            offer(nowNanos);
        } else if (phase == LinkPhase.STABLE) {
            if (!planned) {
                apply();
            }
            if (wantsOffer && deadlines.isOpen() && mayOffer(nowNanos)) {
                offer(nowNanos);
            }
        }
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        return Math.min(acquaintance.delayNanos(nowNanos), deadlines.delayNanos(nowNanos));
    }

    /** Tells the client of the peer if it is time to and the client does not negotiate. */
    private void tell(long nowNanos) {
        boolean rests = phase == LinkPhase.IDLE || phase == LinkPhase.STABLE;
        if (acquaintance.tick(rests && uplink.mayTell(), nowNanos)) {
            deadlines.told(nowNanos);
        }
    }

    private boolean hasSomethingToOffer() {
        return uplink.mayClaim(this) || !context.sources().of(peer, client).isEmpty();
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
        if (phase == LinkPhase.BUSY || phase == LinkPhase.OFFERED) {
            waiting = asked;
            if (phase == LinkPhase.OFFERED) {
                deadlines.glare.in(LinkTiming.GLARE_NANOS, nowNanos);
            }
        } else {
            answer(asked);
        }
        return asked.reply;
    }

    private void answer(Waiting asked) {
        context.post().served(client, peer, asked.offer);
        ConnectionPlan next = plan();
        var answered = connection.answer(asked.offer.sdp(), asked.outline.session(), next);
        settle(answered, next, asked.outline, asked.reply, step -> {
            wantsOffer = step.needsOffer();
            String answer = step.sdp();
            if (answer != null) {
                context.post().speakFor(peer, client, new PeerSignal.Answer(answer, null));
            }
        });
    }

    private void offer(long nowNanos) {
        int mine = connection.generation();
        boolean again = connection.stands();
        phase = LinkPhase.BUSY;
        deadlines.offer(nowNanos);
        wantsOffer = false;
        connection.offer(freshPerOffer, plan()).whenComplete((step, failure) -> {
            if (mine != connection.generation()) {
                return;
            }
            context.touch().run();
            phase = LinkPhase.OFFERED;
            String sdp = failure == null ? step.sdp() : null;
            if (sdp == null) {
                takeBack();
                wantsOffer = again;
                deadlines.begin(LinkTiming.UNANSWERED_NANOS, context.loop().nowNanos());
            } else if (waiting == null) {
                deadlines.unanswered.in(
                        LinkTiming.UNANSWERED_NANOS, context.loop().nowNanos());
                acquaintance.address();
                context.post().speakFor(peer, client, new PeerSignal.Offer(sdp, null));
            } else {
                takeBack();
            }
        });
    }

    private CompletionStage<RoomReply.Done> answered(PeerSignal.Answer answer, long nowNanos) {
        SdpOutline outline = SdpOutline.of(answer.sdp());
        if (phase != LinkPhase.OFFERED || acquaintance.isRetired(outline.session())) {
            context.post().drop(client, peer, answer);
            return CompletableFuture.completedStage(DONE);
        }
        context.post().served(client, peer, answer);
        if (connection.isReplacedBy(outline.session())) {
            replaced(nowNanos);
            return CompletableFuture.completedStage(DONE);
        }
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        // An offer of the client's that crossed was rolled back by it, or it could not answer.
        finishWaiting();
        settle(connection.accept(answer.sdp()), connection.plan(), outline, reply, _ -> {});
        return reply;
    }

    /** Takes in what comes of a step that completes a negotiation. */
    private void settle(
            CompletionStage<NegotiatedConnection> step,
            ConnectionPlan next,
            SdpOutline client,
            CompletableFuture<RoomReply.Done> reply,
            Consumer<NegotiatedConnection> then) {
        int mine = connection.generation();
        phase = LinkPhase.BUSY;
        deadlines.complete();
        step.whenComplete((result, failure) -> {
            if (mine != connection.generation()) {
                reply.complete(DONE);
                return;
            }
            context.touch().run();
            if (failure != null) {
                phase = LinkPhase.OFFERED;
                takeBack();
                reply.completeExceptionally(failure);
                return;
            }
            long nowNanos = context.loop().nowNanos();
            connection.adopt(result, client.session(), next);
            // Without a section there is nothing to connect yet.
            if (!client.ufrags().isEmpty() && !connection.isConnected() && !deadlines.connect.isSet()) {
                deadlines.connect.in(LinkTiming.CONNECT_NANOS, nowNanos);
            }
            phase = LinkPhase.STABLE;
            deadlines.rest();
            clientSends = result.clientSends();
            negotiated = true;
            tries = 0;
            uplink.negotiated(this, next.receive(), !result.received().isEmpty(), nowNanos);
            then.accept(result);
            acquaintance.release();
            reply.complete(DONE);
        });
    }

    private void apply() {
        planned = true;
        int mine = connection.generation();
        CompletionStage<NegotiatedConnection> step = connection.apply(
                new ConnectionPlan(uplink.isCarriedBy(this), context.sources().of(peer, client)));
        if (step != null) {
            step.whenComplete((result, failure) -> {
                if (mine == connection.generation() && failure == null) {
                    context.touch().run();
                    connection.take(result);
                    wantsOffer |= result.needsOffer();
                }
            });
        }
    }

    private ConnectionPlan plan() {
        planned = true;
        return new ConnectionPlan(uplink.claim(this), context.sources().of(peer, client));
    }

    /** The negotiation that is under way is over and changes nothing. */
    private void takeBack() {
        if (phase == LinkPhase.OFFERED) {
            connection.takeBack();
            uplink.release(this);
        }
        phase = connection.stands() ? LinkPhase.STABLE : LinkPhase.IDLE;
        deadlines.rest();
    }

    /** The client answers from another peer connection than the one that was offered to. */
    private void replaced(long nowNanos) {
        if (client.offersUnasked()) {
            // An offer of its last connection came late and was taken for one of this.
            giveUp("its connection was replaced", nowNanos);
        } else {
            // It makes a new one for each offer.
            freshPerOffer = true;
            takeBack();
            wantsOffer = true;
        }
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

    /** An offer of the client's that is to be answered. */
    private record Waiting(PeerSignal.Offer offer, SdpOutline outline, CompletableFuture<RoomReply.Done> reply) {}
}
