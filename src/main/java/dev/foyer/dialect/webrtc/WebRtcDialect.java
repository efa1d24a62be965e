package dev.foyer.dialect.webrtc;

import static java.util.Map.entry;

import dev.foyer.dialect.Answer;
import dev.foyer.dialect.Client;
import dev.foyer.dialect.EventWriter;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.Messages;
import dev.foyer.dialect.Protocol;
import dev.foyer.dialect.Request;
import dev.foyer.dialect.SeatAsk;
import dev.foyer.dialect.SeatRequest;
import dev.foyer.dialect.SignalReader;
import dev.foyer.room.Dialect;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.PeerSignal;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.RoomView;
import dev.foyer.room.Target;
import dev.foyer.socketio.Socket;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The {@code webrtc} dialect. Made once for a server. */
public final class WebRtcDialect implements Protocol {
    private static final String PREFIX = "webrtc:";
    private static final String DEFAULT_CALL_TYPE = "video";
    private static final MeshSupport MESH = new MeshSupport.Plain(MeshSupport.Offers.BY_CONVENTION, false);

    private static final Request UNKNOWN = (_, _, _) -> {
        throw Fields.invalid("event", "known");
    };

    private final InstantSource clock;
    private final ForeignRoomLog foreignRooms;
    private final Map<String, Request> table = Map.ofEntries(
            entry("webrtc:join-room", this::join),
            entry("webrtc:leave-room", WebRtcDialect::leave),
            entry("webrtc:offer", this::offer),
            entry("webrtc:answer", this::answer),
            entry("webrtc:ice-candidate", this::candidate));

    /**
     * The dialect.
     *
     * @param clock for the time of errors
     */
    public WebRtcDialect(InstantSource clock) {
        this.clock = clock;
        this.foreignRooms = new ForeignRoomLog(clock);
    }

    @Override
    public Dialect dialect() {
        return Dialect.WEBRTC;
    }

    @Override
    public boolean severalRooms() {
        return true;
    }

    @Override
    public @Nullable Request request(String event) {
        return event.startsWith(PREFIX) ? table.getOrDefault(event, UNKNOWN) : null;
    }

    @Override
    public void write(Client client, String roomId, RoomEvent event) {
        Socket socket = client.socket();
        switch (event) {
            case RoomEvent.PeerJoined e ->
                Messages.emit(
                        socket, new ServerMessages.ParticipantJoined(roomId, ServerMessages.Participant.of(e.peer())));
            case RoomEvent.PeerLeft e ->
                Messages.emit(
                        socket, new ServerMessages.ParticipantLeft(roomId, ServerMessages.Participant.of(e.peer())));
            case RoomEvent.Negotiated e -> negotiated(socket, roomId, e);
            case RoomEvent.Removed e -> removed(socket, roomId, e.code());
            case RoomEvent.RoomClosed _ -> removed(socket, roomId, RoomErrorCode.ROOM_CLOSED);
            default -> {
                // Clients of this dialect know of participants and of connections to them, of nothing else.
            }
        }
    }

    @Override
    public void refuse(Socket socket, String event, RoomErrorCode code, String text, Map<String, Object> more) {
        String details = text.equals(code.text()) ? null : text;
        Messages.emit(
                socket,
                new ServerMessages.SignalingError(
                        code.text(), code.name(), details, clock.instant().toString(), more.get("retryAfterMs")));
    }

    private void removed(Socket socket, String roomId, RoomErrorCode code) {
        refuse(socket, "", code, code.text(), Map.of());
        Messages.emit(socket, new ServerMessages.RoomLeft(roomId));
    }

    private void join(Client client, Fields message, Answer answer) {
        ClientMessages.JoinRoom join = ClientMessages.JoinRoom.read(message);
        SeatRequest seat = SeatRequest.of(
                client.identity(),
                Dialect.WEBRTC,
                join.callRoomId(),
                spec(join),
                new SeatAsk(
                        join.userId(),
                        client.socket().id(),
                        join.role(),
                        null,
                        null,
                        null,
                        MESH,
                        null,
                        join.invitation()));
        client.join(this, seat, seat.mayCreate(), answer, joined -> EventWriter.reply(client, joined(joined), answer));
    }

    private static RoomSpec spec(ClientMessages.JoinRoom join) {
        RoomSpec plain = RoomSpec.of(RoomType.MANSION);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(join.metadata());
        if (join.callType() != null) {
            metadata.put("callType", join.callType());
        }
        return new RoomSpec(
                plain.type(),
                plain.maxParticipants(),
                plain.listed(),
                plain.sfuOnly(),
                plain.recordable(),
                plain.keptEmpty(),
                metadata);
    }

    private static ServerMessages.RoomJoined joined(RoomReply.Joined joined) {
        return new ServerMessages.RoomJoined(
                joined.room().id(),
                joined.peers().size() + 1,
                joined.peers().stream()
                        .map(seen -> ServerMessages.Participant.of(seen.peer()))
                        .toList(),
                metadata(joined.room()));
    }

    /** What the seed's type promises is there whoever made the room; the time and the maker are the server's knowledge. */
    private static Map<String, @Nullable Object> metadata(RoomView room) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(room.metadata());
        metadata.putIfAbsent("callType", DEFAULT_CALL_TYPE);
        metadata.put("createdAt", ServerMessages.time(room.createdAtMillis()));
        if (room.createdBy() == null) {
            metadata.remove("createdBy");
        } else {
            metadata.put("createdBy", room.createdBy());
        }
        return metadata;
    }

    private static void leave(Client client, Fields message, Answer answer) {
        String roomId = ClientMessages.LeaveRoom.read(message).callRoomId();
        client.leave(roomId, answer, () -> EventWriter.reply(client, new ServerMessages.RoomLeft(roomId), answer));
    }

    private void offer(Client client, Fields message, Answer answer) {
        ClientMessages.Offer offer = ClientMessages.Offer.read(message);
        negotiate(
                client,
                offer.callRoomId(),
                "webrtc:offer",
                new Target.Peer(offer.targetSocketId()),
                new PeerSignal.Offer(offer.offer().sdp(), rest(message, SignalReader.MAX_DESCRIPTION)),
                answer);
    }

    private void answer(Client client, Fields message, Answer answer) {
        ClientMessages.Answer reply = ClientMessages.Answer.read(message);
        negotiate(
                client,
                reply.callRoomId(),
                "webrtc:answer",
                new Target.Peer(reply.targetSocketId()),
                new PeerSignal.Answer(reply.answer().sdp(), rest(message, SignalReader.MAX_DESCRIPTION)),
                answer);
    }

    private void candidate(Client client, Fields message, Answer answer) {
        ClientMessages.IceCandidate candidate = ClientMessages.IceCandidate.read(message);
        String target = candidate.targetSocketId();
        negotiate(
                client,
                candidate.callRoomId(),
                "webrtc:ice-candidate",
                target == null ? new Target.Others() : new Target.Peer(target),
                SignalReader.signal(rest(message, SignalReader.MAX_CANDIDATE)),
                answer);
    }

    private static Map<String, @Nullable Object> rest(Fields message, int max) {
        return message.without(ClientMessages.ADDRESSING, max);
    }

    private void negotiate(Client client, String roomId, String event, Target to, PeerSignal signal, Answer answer) {
        CompletableFuture<RoomReply.Done> reply = new CompletableFuture<>();
        reply.thenAccept(_ -> answer.succeed(EventWriter.success(Map.of()))).exceptionally(failure -> {
            if (failure.getCause() instanceof RoomException refusal && refusal.code() == RoomErrorCode.NOT_IN_ROOM) {
                foreignRooms.refused(client.socket().id(), roomId, event);
            }
            answer.fail(failure);
            return null;
        });
        client.rooms().ask(roomId, client.socket().id(), new RoomCommand.Negotiate(to, signal), reply);
    }

    private static void negotiated(Socket socket, String roomId, RoomEvent.Negotiated event) {
        String id = event.from().peerId();
        String user = event.from().userId();
        Map<String, String> sender = Map.of("callRoomId", roomId, "fromSocketId", id, "fromUserId", user);
        switch (event.signal()) {
            case PeerSignal.Offer offer ->
                EventWriter.signal(
                        socket,
                        new ServerMessages.Offer(
                                roomId, id, user, new SignalReader.Description("offer", offer.sdp()), null, null),
                        sender,
                        offer.message());
            case PeerSignal.Answer reply ->
                EventWriter.signal(
                        socket,
                        new ServerMessages.Answer(
                                roomId, id, user, new SignalReader.Description("answer", reply.sdp())),
                        sender,
                        reply.message());
            case PeerSignal.Candidate candidate ->
                EventWriter.relay(socket, ServerMessages.IceCandidate.class, sender, candidate.message());
        }
    }
}
