package dev.foyer.http;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.protocol.sdp.MediaDescription;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SessionDescription;
import dev.foyer.room.Dialect;
import dev.foyer.room.EventSink;
import dev.foyer.room.IceServer;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.Rooms;
import dev.foyer.room.Target;
import dev.foyer.room.Ticket;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The WHIP and WHEP sessions of this server. Each is a participant of its room; it ends when it is deleted, when the room
 * takes its seat away (its connection is lost, somebody removes it), and with the room. Safe for use from any thread.
 */
public final class WhipSessions implements EventSink {
    private static final int ID_BYTES = 20;
    private static final int PARTICIPANT_ID_BYTES = 8;

    private final Rooms rooms;
    private final RandomGenerator random;
    private final ConcurrentMap<String, WhipSession> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, WhipSession> byParticipant = new ConcurrentHashMap<>();

    /**
     * @param rooms must send the events of {@link Dialect#WHIP} here
     * @param random makes the ids of sessions, which must not be guessed: a {@link java.security.SecureRandom}
     */
    public WhipSessions(Rooms rooms, RandomGenerator random) {
        this.rooms = rooms;
        this.random = random;
    }

    /** Ends the sessions whose tokens are over. Call it every now and then. */
    public void endExpired(Instant now) {
        for (WhipSession session : byParticipant.values()) {
            if (session.hasExpired(now)) {
                var _ = end(session);
            }
        }
    }

    /** A session that a client is about to be told of. */
    record Opened(WhipSession session, String answer, List<IceServer> iceServers) {}

    /** How many sessions there are now, those that are being opened included. */
    public int count() {
        return byParticipant.size();
    }

    /**
     * Opens a session. Fails with {@link RoomException} and {@link RequestRefusal}; there is no participant then.
     *
     * @param of id of the only participant, or else user, to receive; null for all, and for WHIP
     */
    CompletionStage<Opened> open(
            WhipKind kind, Identity identity, String roomId, @Nullable String of, WhipOffer offer) {
        Set<Grant> grants = grants(identity.role() == null ? kind.role().toString() : identity.role());
        if (!identity.opens(roomId) || !identity.may(kind.grant(), grants)) {
            return CompletableFuture.failedStage(new RoomException(RoomErrorCode.FORBIDDEN));
        }
        String participantId = kind + "-" + randomHex(PARTICIPANT_ID_BYTES);
        WhipSession session = new WhipSession(kind, randomHex(ID_BYTES), roomId, participantId, identity);
        RoomCommand.Join join = new RoomCommand.Join(
                Dialect.WHIP,
                identity.userId() == null ? participantId : identity.userId(),
                kind.role(),
                identity.name(),
                null,
                null,
                new MeshSupport.None(),
                null,
                EnumSet.of(kind.permission()),
                new Ticket(!identity.isGuest(), roomId.equals(identity.room()), null));
        // Before the seat is taken: whoever loses it right away is told once.
        byParticipant.put(participantId, session);
        CompletableFuture<RoomReply.Joined> joined = new CompletableFuture<>();
        CompletableFuture<Opened> opened = joined.thenCompose(seat -> negotiate(session, of, offer)
                        .thenApply(answer -> {
                            settle(session, offer, answer);
                            return new Opened(session, answer.sdp(), seat.iceServers());
                        }))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        end(session);
                    }
                });
        if (kind == WhipKind.WHIP && identity.may(Grant.CREATE, grants)) {
            rooms.join(roomId, RoomSpec.of(RoomType.MANSION), participantId, join, joined);
        } else {
            rooms.ask(roomId, participantId, join, joined);
        }
        return opened;
    }

    /** Counts the room that a session would make; as {@link RequestLimits#room}. */
    void countRoom(RequestLimits limits, RoutingContext context, String roomId) {
        limits.room(context, rooms, roomId);
    }

    /** The session of an id; null when there is none, or none any more, or its path is another's. */
    @Nullable
    WhipSession find(WhipKind kind, String roomId, String id) {
        WhipSession session = byId.get(id);
        return session != null && session.kind() == kind && session.roomId().equals(roomId) ? session : null;
    }

    /** Begins a new ICE session. Completes with the fragment to answer; the old ICE session stays when it fails. */
    CompletionStage<String> restartIce(WhipSession session, IceFragment fragment) {
        WhipSession.Negotiated before = session.negotiated();
        return ask(session, new RoomCommand.RestartIce(before.connectionId()))
                .thenApply(restarted -> {
                    session.negotiated(
                            session.negotiated().restarted(fragment.usernameFragment(), EntityTags.create(random)));
                    return IceFragment.restarted(before.answer(), restarted.iceParameters());
                })
                .whenComplete((_, _) -> session.endRestart());
    }

    /** Ends a session: its participant leaves. Completes when it has left, and never fails. */
    CompletionStage<Void> end(WhipSession session) {
        if (!forget(session)) {
            return CompletableFuture.completedStage(null);
        }
        return ask(session, new RoomCommand.Leave()).handle((_, _) -> null);
    }

    @Override
    public void deliver(Recipient recipient, RoomEvent event) {
        switch (event) {
            case RoomEvent.Removed _, RoomEvent.RoomClosed _ -> {
                WhipSession session = byParticipant.get(recipient.participantId());
                if (session != null) {
                    forget(session);
                }
            }
            default -> {}
        }
    }

    private CompletionStage<RoomReply.Answered> negotiate(WhipSession session, @Nullable String of, WhipOffer offer) {
        if (session.kind() == WhipKind.WHIP) {
            return ask(session, new RoomCommand.Publish(offer.sdp()));
        }
        if (of == null) {
            return ask(session, new RoomCommand.Subscribe(offer.sdp(), null));
        }
        return ask(session, new RoomCommand.Subscribe(offer.sdp(), new Target.Peer(of)))
                .exceptionallyCompose(failure -> isUnknownParticipant(failure)
                        ? ask(session, new RoomCommand.Subscribe(offer.sdp(), new Target.User(of)))
                        : CompletableFuture.failedStage(failure));
    }

    private void settle(WhipSession session, WhipOffer offer, RoomReply.Answered answered) {
        SessionDescription answer;
        try {
            answer = SessionDescription.parse(answered.sdp());
        } catch (SdpException unreadable) {
            throw new IllegalStateException("the server's own answer is not SDP", unreadable);
        }
        if (session.kind() == WhipKind.WHIP) {
            checkComplete(answer);
        }
        byId.put(session.id(), session);
        boolean alive = session.negotiated(new WhipSession.Negotiated(
                answered.connectionId(), answer, offer.usernameFragment(), EntityTags.create(random)));
        if (!alive) {
            byId.remove(session.id());
            throw new RoomException(RoomErrorCode.ROOM_CLOSED);
        }
    }

    /** A publisher would not notice that one of its tracks goes nowhere (RFC 9725, section 4.4.3). */
    private static void checkComplete(SessionDescription answer) {
        for (MediaDescription section : answer.media()) {
            if (WhipOffer.isTrack(section) && section.rejected()) {
                throw new RequestRefusal(
                        HttpError.UNPROCESSABLE,
                        "The server has no codec in common with the %s section"
                                .formatted(section.line().media()));
            }
        }
    }

    private boolean forget(WhipSession session) {
        byId.remove(session.id(), session);
        byParticipant.remove(session.participantId(), session);
        return session.end();
    }

    private <R extends RoomReply> CompletionStage<R> ask(WhipSession session, RoomCommand<R> command) {
        CompletableFuture<R> reply = new CompletableFuture<>();
        rooms.ask(session.roomId(), session.participantId(), command, reply);
        return reply;
    }

    private String randomHex(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean isUnknownParticipant(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RoomException refusal && refusal.code() == RoomErrorCode.PARTICIPANT_NOT_FOUND;
    }

    /** What a token's role allows when the token lists no grants; nothing for a word that no dialect has. */
    private static Set<Grant> grants(String role) {
        return switch (role) {
            case "host", "moderator", "participant", "speaker" ->
                EnumSet.of(Grant.PUBLISH, Grant.SUBSCRIBE, Grant.CREATE);
            case "viewer", "audience" -> EnumSet.of(Grant.SUBSCRIBE, Grant.CREATE);
            default -> EnumSet.noneOf(Grant.class);
        };
    }
}
