package dev.foyer.dialect.guide;

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
import dev.foyer.dialect.guide.ClientMessages.AboutRoom;
import dev.foyer.room.Dialect;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.PeerSignal;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.Target;
import dev.foyer.room.TopologyMode;
import dev.foyer.room.TransportDirection;
import dev.foyer.socketio.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code guide} dialect. */
public final class GuideDialect implements Protocol {
    /** The dialect. */
    public static final Protocol PROTOCOL = new GuideDialect();

    private static final Logger LOG = LoggerFactory.getLogger(GuideDialect.class);
    private static final String JOIN = "join-room";
    private static final String TRANSPORT = "transport-created";

    /** The seed's client makes a new connection for each offer that it gets, and keeps the old one. */
    private static final MeshSupport MESH = new MeshSupport.Plain(MeshSupport.Offers.BY_CONVENTION, true);

    private static final Map<String, Request> TABLE = Map.ofEntries(
            entry(JOIN, GuideDialect::join),
            entry("leave-room", GuideDialect::leave),
            entry("webrtc-offer", GuideDialect::offer),
            entry("webrtc-answer", GuideDialect::answer),
            entry("ice-candidate", GuideDialect::candidate),
            entry("start-screen-share", (client, message, answer) -> {
                ClientMessages.StartScreenShare start = ClientMessages.StartScreenShare.read(message);
                ask(client, start, new RoomCommand.ShareScreen(true), answer);
            }),
            entry("stop-screen-share", (client, message, answer) -> {
                ClientMessages.StopScreenShare stop = ClientMessages.StopScreenShare.read(message);
                ask(client, stop, new RoomCommand.ShareScreen(false), answer);
            }),
            entry("media-state", (client, message, answer) -> {
                ClientMessages.MediaState state = ClientMessages.MediaState.read(message);
                ask(client, state, new RoomCommand.UpdatePeer(null, state.mediaState()), answer);
            }));

    private GuideDialect() {}

    @Override
    public Dialect dialect() {
        return Dialect.GUIDE;
    }

    @Override
    public boolean severalRooms() {
        return true;
    }

    @Override
    public @Nullable Request request(String event) {
        return TABLE.get(event);
    }

    @Override
    public void write(Client client, String roomId, RoomEvent event) {
        Socket socket = client.socket();
        switch (event) {
            case RoomEvent.PeerJoined e -> Messages.emit(socket, ServerMessages.UserJoined.of(e.peer()));
            case RoomEvent.PeerLeft e ->
                Messages.emit(
                        socket,
                        new ServerMessages.UserLeft(e.peer().userId(), e.peer().peerId()));
            case RoomEvent.PeerUpdated e -> Messages.emit(socket, ServerMessages.MediaStateChanged.of(e.peer()));
            case RoomEvent.ScreenShared e -> {
                String userId = e.peer().userId();
                Messages.emit(
                        socket,
                        e.sharing()
                                ? new ServerMessages.ScreenShareStarted(userId)
                                : new ServerMessages.ScreenShareStopped(userId));
            }
            case RoomEvent.ModeChanged e ->
                offerTransport(client, roomId, e.topology().mode());
            case RoomEvent.Negotiated e -> negotiated(socket, e);
            case RoomEvent.Removed e -> refuse(socket, JOIN, e.code(), e.code().text(), Map.of());
            case RoomEvent.RoomClosed _ ->
                refuse(socket, JOIN, RoomErrorCode.ROOM_CLOSED, RoomErrorCode.ROOM_CLOSED.text(), Map.of());
            default -> {
                // Clients of this dialect know of users and of connections to them, of nothing else.
            }
        }
    }

    private static void join(Client client, Fields message, Answer answer) {
        ClientMessages.JoinRoom join = ClientMessages.JoinRoom.read(message);
        SeatRequest seat = SeatRequest.of(
                client.identity(),
                Dialect.GUIDE,
                join.roomId(),
                RoomSpec.of(join.type()),
                new SeatAsk(
                        join.userId(),
                        null,
                        join.role(),
                        null,
                        join.mediaState(),
                        null,
                        MESH,
                        null,
                        join.invitation()));
        client.join(PROTOCOL, seat, seat.mayCreate(), answer, joined -> {
            EventWriter.reply(client, state(joined), answer);
            offerTransport(client, join.roomId(), joined.topology().mode());
        });
    }

    private static ServerMessages.RoomState state(RoomReply.Joined joined) {
        return new ServerMessages.RoomState(
                joined.room().id(),
                joined.room().type().toString(),
                joined.topology().mode().toString(),
                Stream.concat(joined.peers().stream().map(RoomReply.SeenPeer::peer), Stream.of(joined.self()))
                        .map(ServerMessages.Participant::of)
                        .toList(),
                joined.room().metadata());
    }

    private static void leave(Client client, Fields message, Answer answer) {
        String roomId = roomOf(client, ClientMessages.LeaveRoom.read(message));
        client.leave(roomId, answer, () -> answer.succeed(EventWriter.success(Map.of("roomId", roomId))));
    }

    private static void offer(Client client, Fields message, Answer answer) {
        ClientMessages.Offer offer = ClientMessages.Offer.read(message);
        PeerSignal signal = new PeerSignal.Offer(
                offer.offer().sdp(), message.without(ClientMessages.ADDRESSING, SignalReader.MAX_DESCRIPTION));
        ask(client, offer, new RoomCommand.Negotiate(new Target.User(offer.targetUserId()), signal), answer);
    }

    private static void answer(Client client, Fields message, Answer answer) {
        ClientMessages.Answer reply = ClientMessages.Answer.read(message);
        PeerSignal signal = new PeerSignal.Answer(
                reply.answer().sdp(), message.without(ClientMessages.ADDRESSING, SignalReader.MAX_DESCRIPTION));
        ask(client, reply, new RoomCommand.Negotiate(new Target.User(reply.targetUserId()), signal), answer);
    }

    private static void candidate(Client client, Fields message, Answer answer) {
        ClientMessages.IceCandidate candidate = ClientMessages.IceCandidate.read(message);
        PeerSignal signal = SignalReader.signal(message.without(ClientMessages.ADDRESSING, SignalReader.MAX_CANDIDATE));
        ask(client, candidate, new RoomCommand.Negotiate(new Target.User(candidate.targetUserId()), signal), answer);
    }

    private static void ask(Client client, AboutRoom message, RoomCommand<RoomReply.Done> command, Answer answer) {
        client.ask(roomOf(client, message), command, answer, _ -> answer.succeed(EventWriter.success(Map.of())));
    }

    private static String roomOf(Client client, AboutRoom message) {
        String roomId = message.roomId();
        return roomId == null ? client.room(PROTOCOL) : roomId;
    }

    /** Each participant of a room whose media runs through the server is shown a transport there, once. */
    private static void offerTransport(Client client, String roomId, TopologyMode mode) {
        if (mode != TopologyMode.SFU || !client.mark(roomId, TRANSPORT)) {
            return;
        }
        CompletableFuture<RoomReply.TransportCreated> reply = new CompletableFuture<>();
        reply.thenAccept(created ->
                        Messages.emit(client.socket(), ServerMessages.TransportCreated.of(created.parameters())))
                .exceptionally(failure -> {
                    LOG.debug(
                            "room {}: no transport for {}",
                            roomId,
                            client.socket().id(),
                            failure);
                    client.unmark(roomId, TRANSPORT);
                    return null;
                });
        client.rooms()
                .ask(roomId, client.socket().id(), new RoomCommand.CreateTransport(TransportDirection.RECV), reply);
    }

    private static void negotiated(Socket socket, RoomEvent.Negotiated event) {
        String user = event.from().userId();
        String id = event.from().peerId();
        Map<String, String> sender = Map.of("fromUserId", user, "fromSocketId", id);
        switch (event.signal()) {
            case PeerSignal.Offer offer ->
                EventWriter.signal(
                        socket,
                        new ServerMessages.Offer(user, id, new SignalReader.Description("offer", offer.sdp())),
                        sender,
                        offer.message());
            case PeerSignal.Answer reply ->
                EventWriter.signal(
                        socket,
                        new ServerMessages.Answer(user, id, new SignalReader.Description("answer", reply.sdp())),
                        sender,
                        reply.message());
            case PeerSignal.Candidate candidate ->
                EventWriter.relay(socket, ServerMessages.Candidate.class, sender, candidate.message());
        }
    }
}
