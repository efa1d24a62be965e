package dev.foyer.dialect.signaling;

import static java.util.Map.entry;

import dev.foyer.dialect.Answer;
import dev.foyer.dialect.Client;
import dev.foyer.dialect.EventWriter;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.Messages;
import dev.foyer.dialect.Protocol;
import dev.foyer.dialect.Request;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SeatAsk;
import dev.foyer.dialect.SeatRequest;
import dev.foyer.dialect.SignalReader;
import dev.foyer.room.Dialect;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.Peer;
import dev.foyer.room.PeerSignal;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import dev.foyer.room.Target;
import dev.foyer.socketio.Socket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code signaling} dialect. */
public final class SignalingDialect implements Protocol {
    /** The dialect. */
    public static final Protocol PROTOCOL = new SignalingDialect();

    /** Each side of a pair offers half a second after it heard of the other. */
    private static final MeshSupport MESH = new MeshSupport.Plain(MeshSupport.Offers.EVERYBODY, false);

    private static final String JOIN = "join-room";

    private static final Map<String, Request> TABLE = Map.ofEntries(
            entry(JOIN, SignalingDialect::join),
            entry("leave-room", SignalingDialect::leave),
            entry("offer", (client, message, answer) -> {
                ClientMessages.Offer offer = ClientMessages.Offer.read(message);
                negotiate(client, offer.to(), new PeerSignal.Offer(offer.sdp(), description(message)), answer);
            }),
            entry("answer", (client, message, answer) -> {
                ClientMessages.Answer reply = ClientMessages.Answer.read(message);
                negotiate(client, reply.to(), new PeerSignal.Answer(reply.sdp(), description(message)), answer);
            }),
            entry("ice-candidate", (client, message, answer) -> {
                ClientMessages.IceCandidate candidate = ClientMessages.IceCandidate.read(message);
                negotiate(
                        client,
                        candidate.to(),
                        SignalReader.signal(message.without(ClientMessages.ADDRESSING, SignalReader.MAX_CANDIDATE)),
                        answer);
            }));

    private SignalingDialect() {}

    @Override
    public Dialect dialect() {
        return Dialect.SIGNALING;
    }

    @Override
    public boolean severalRooms() {
        return false;
    }

    @Override
    public @Nullable Request request(String event) {
        return TABLE.get(event);
    }

    @Override
    public void write(Client client, String roomId, RoomEvent event) {
        Socket socket = client.socket();
        switch (event) {
            case RoomEvent.PeerJoined e -> Messages.emit(socket, ServerMessages.PeerJoined.of(e.peer()));
            case RoomEvent.PeerLeft e ->
                Messages.emit(
                        socket,
                        new ServerMessages.PeerLeft(e.peer().peerId(), e.peer().userId()));
            case RoomEvent.Negotiated e -> negotiated(socket, e.from(), e.signal());
            case RoomEvent.Removed e ->
                Protocol.super.refuse(socket, JOIN, e.code(), e.code().text(), Map.of());
            case RoomEvent.RoomClosed _ ->
                Protocol.super.refuse(
                        socket, JOIN, RoomErrorCode.ROOM_CLOSED, RoomErrorCode.ROOM_CLOSED.text(), Map.of());
            default -> {
                // Clients of this dialect know of participants and of connections to them, of nothing else.
            }
        }
    }

    @Override
    public void refuse(Socket socket, String event, RoomErrorCode code, String text, Map<String, Object> more) {
        if (event.equals(JOIN)) {
            Messages.emit(socket, new ServerMessages.JoinRoomError(text, code.name(), more.get("retryAfterMs")));
        } else {
            Protocol.super.refuse(socket, event, code, text, more);
        }
    }

    private static void join(Client client, Fields message, Answer answer) {
        ClientMessages.JoinRoom join = ClientMessages.JoinRoom.read(message);
        SeatRequest seat = SeatRequest.of(
                client.identity(),
                Dialect.SIGNALING,
                join.roomId(),
                RoomSpec.of(RoomType.MANSION),
                new SeatAsk(join.userId(), null, join.role(), null, null, null, MESH, null, join.invitation()));
        client.join(PROTOCOL, seat, seat.mayCreate(), answer, joined -> joined(client, joined, answer));
    }

    private static void joined(Client client, RoomReply.Joined joined, Answer answer) {
        joined.peers().forEach(seen -> Messages.emit(client.socket(), ServerMessages.PeerJoined.of(seen.peer())));
        EventWriter.reply(
                client,
                new ServerMessages.RoomJoined(
                        joined.room().id(),
                        joined.self().userId(),
                        RoleWords.stage(joined.self().role()),
                        true,
                        joined.peers().stream()
                                .map(seen -> ServerMessages.Participant.of(seen.peer()))
                                .toList()),
                answer);
    }

    private static void leave(Client client, Fields message, Answer answer) {
        String asked = ClientMessages.LeaveRoom.read(message).roomId();
        String roomId = asked == null ? client.room(PROTOCOL) : asked;
        client.leave(roomId, answer, () -> answer.succeed(EventWriter.success(Map.of("roomId", roomId))));
    }

    private static Map<String, @Nullable Object> description(Fields message) {
        return message.without(ClientMessages.ADDRESSING, SignalReader.MAX_DESCRIPTION);
    }

    private static void negotiate(Client client, String to, PeerSignal signal, Answer answer) {
        client.ask(
                client.room(PROTOCOL),
                new RoomCommand.Negotiate(new Target.Peer(to), signal),
                answer,
                _ -> answer.succeed(EventWriter.success(Map.of())));
    }

    private static void negotiated(Socket socket, Peer peer, PeerSignal signal) {
        String from = peer.peerId();
        Map<String, String> sender = Map.of("from", from);
        switch (signal) {
            case PeerSignal.Offer offer ->
                EventWriter.signal(
                        socket, new ServerMessages.Offer(from, offer.sdp(), "offer"), sender, offer.message());
            case PeerSignal.Answer reply ->
                EventWriter.signal(
                        socket, new ServerMessages.Answer(from, reply.sdp(), "answer"), sender, reply.message());
            case PeerSignal.Candidate candidate ->
                EventWriter.relay(socket, ServerMessages.IceCandidate.class, sender, candidate.message());
        }
    }
}
