package dev.foyer.dialect.mediasoup;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.dialect.Answer;
import dev.foyer.dialect.Client;
import dev.foyer.dialect.EventWriter;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.Messages;
import dev.foyer.dialect.Request;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SeatAsk;
import dev.foyer.dialect.SeatRequest;
import dev.foyer.room.Dialect;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every message that a client may send, and the room command that it means. What came of it goes to the client as an event,
 * and again to its callback if it passed one.
 */
final class MediasoupRequests {
    private static final Map<String, Request> TABLE = Map.ofEntries(
            on(ClientMessages.CreateRoom.class, ClientMessages.CreateRoom::read, MediasoupRequests::create),
            on(ClientMessages.JoinRoom.class, ClientMessages.JoinRoom::read, MediasoupRequests::join),
            on(ClientMessages.LeaveRoom.class, ClientMessages.LeaveRoom::read, MediasoupRequests::leave),
            on(ClientMessages.DescribeRoom.class, ClientMessages.DescribeRoom::read, MediasoupRequests::describe),
            command(
                    ClientMessages.CreateTransport.class,
                    ClientMessages.CreateTransport::read,
                    m -> new RoomCommand.CreateTransport(m.direction()),
                    (m, created) -> new ServerMessages.TransportCreated(
                            m.roomId(), m.direction().name().toLowerCase(Locale.ROOT), created.parameters())),
            command(
                    ClientMessages.ConnectTransport.class,
                    ClientMessages.ConnectTransport::read,
                    m -> new RoomCommand.ConnectTransport(m.transportId(), m.dtlsParameters()),
                    (m, _) -> new ServerMessages.TransportConnected(m.roomId(), m.transportId())),
            command(
                    ClientMessages.CreateProducer.class,
                    ClientMessages.CreateProducer::read,
                    m -> new RoomCommand.Produce(m.transportId(), m.kind(), m.rtpParameters(), m.appData(), m.paused()),
                    (m, produced) ->
                            new ServerMessages.ProducerCreated(m.roomId(), ProducerState.of(produced.producer()))),
            command(
                    ClientMessages.CloseProducer.class,
                    ClientMessages.CloseProducer::read,
                    m -> new RoomCommand.CloseProducer(m.producerId()),
                    (m, _) -> new ServerMessages.ProducerClosed(m.roomId(), m.producerId())),
            command(
                    ClientMessages.CreateConsumer.class,
                    ClientMessages.CreateConsumer::read,
                    m -> new RoomCommand.Consume(m.transportId(), m.producerId(), m.rtpCapabilities(), true),
                    (m, consumed) -> new ServerMessages.ConsumerCreated(m.roomId(), consumed.parameters())),
            command(
                    ClientMessages.CloseConsumer.class,
                    ClientMessages.CloseConsumer::read,
                    m -> new RoomCommand.CloseConsumer(m.consumerId()),
                    (m, _) -> new ServerMessages.ConsumerClosed(m.roomId(), m.consumerId(), null)),
            command(
                    ClientMessages.ResumeConsumer.class,
                    ClientMessages.ResumeConsumer::read,
                    m -> new RoomCommand.ResumeConsumer(m.consumerId()),
                    (m, _) -> new ServerMessages.ConsumerResumed(m.roomId(), m.consumerId(), null)),
            command(
                    ClientMessages.PauseConsumer.class,
                    ClientMessages.PauseConsumer::read,
                    m -> new RoomCommand.PauseConsumer(m.consumerId()),
                    (m, _) -> new ServerMessages.ConsumerPaused(m.roomId(), m.consumerId(), null)));

    private MediasoupRequests() {}

    static @Nullable Request find(String event) {
        return TABLE.get(event);
    }

    private static <M extends Record> Map.Entry<String, Request> on(
            Class<M> type, Function<Fields, M> read, Handler<M> handler) {
        return Map.entry(
                Messages.event(type), (client, message, answer) -> handler.handle(client, read.apply(message), answer));
    }

    private static <M extends Record & ClientMessages.AboutRoom, R extends RoomReply>
            Map.Entry<String, Request> command(
                    Class<M> type,
                    Function<Fields, M> read,
                    Function<M, RoomCommand<R>> command,
                    BiFunction<M, R, Record> result) {
        return on(
                type,
                read,
                (client, message, answer) -> client.ask(
                        message.roomId(),
                        command.apply(message),
                        answer,
                        reply -> EventWriter.reply(client, result.apply(message, reply), answer)));
    }

    private static void create(Client client, ClientMessages.CreateRoom message, Answer answer) {
        SeatRequest.checkOpens(client.identity(), message.roomId());
        if (!client.identity().may(Grant.CREATE, RoleWords.grants(ParticipantRole.PARTICIPANT))) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        client.countRoom(message.roomId());
        client.rooms()
                .create(
                        message.roomId(),
                        message.options().forSockets().spec(),
                        client.socket().id())
                .whenComplete((created, failure) -> {
                    if (failure != null) {
                        answer.fail(failure);
                    } else {
                        EventWriter.reply(
                                client,
                                new ServerMessages.RoomCreated(message.roomId(), RoomState.of(created)),
                                answer);
                    }
                });
    }

    private static void join(Client client, ClientMessages.JoinRoom message, Answer answer) {
        Identity identity = client.identity();
        Map<String, @Nullable Object> data = message.participantData();
        Fields said = Fields.of(data);
        SeatAsk ask = new SeatAsk(
                said.optionalText("id", ClientMessages.MAX_ID),
                client.socket().id(),
                message.role(),
                ParticipantState.nameIn(data),
                null,
                data,
                new MeshSupport.None(),
                null,
                message.invitation());
        SeatRequest seat = SeatRequest.of(
                identity, Dialect.MEDIASOUP, message.roomId(), new RoomOptions(null, true, null).spec(), ask);
        client.join(
                MediasoupDialect.PROTOCOL,
                seat,
                false,
                answer,
                joined -> EventWriter.reply(
                        client, new ServerMessages.RoomJoined(message.roomId(), RoomState.of(joined)), answer));
    }

    private static void leave(Client client, ClientMessages.LeaveRoom message, Answer answer) {
        client.leave(
                message.roomId(),
                answer,
                () -> EventWriter.reply(client, new ServerMessages.RoomLeft(message.roomId(), null), answer));
    }

    private static void describe(Client client, ClientMessages.DescribeRoom message, Answer answer) {
        client.rooms().report(message.roomId()).whenComplete((report, failure) -> {
            if (failure != null) {
                answer.fail(failure);
            } else if (report.participants().stream()
                    .noneMatch(seated ->
                            seated.peer().peerId().equals(client.socket().id()))) {
                answer.fail(new RoomException(RoomErrorCode.NOT_IN_ROOM));
            } else {
                EventWriter.reply(
                        client, new ServerMessages.RoomDescribed(message.roomId(), RoomState.of(report)), answer);
            }
        });
    }

    /** What is done with a message that could be read. */
    @FunctionalInterface
    private interface Handler<M> {
        void handle(Client client, M message, Answer answer);
    }
}
