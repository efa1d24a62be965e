package dev.foyer.dialect.call;

import static java.util.Map.entry;

import dev.foyer.auth.Grant;
import dev.foyer.dialect.Answer;
import dev.foyer.dialect.Client;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.OrtcReader;
import dev.foyer.dialect.Request;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SeatRequest;
import dev.foyer.ortc.MediaKind;
import dev.foyer.room.LinkReport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomCommand;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import dev.foyer.room.RoomReply;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.StatsSubject;
import dev.foyer.room.TopologyMode;
import dev.foyer.room.TransportDirection;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every message that a client may send, and the room command that it means. */
final class CallRequests {
    static final int MAX_ID = 256;
    static final int MAX_NAME = 256;
    static final int MAX_STATE = 16 * 1024;

    private static final int MAX_TOKEN = 8 * 1024;
    private static final int MAX_CHAT = 8 * 1024;
    private static final int MAX_SIGNAL = 256 * 1024;
    private static final int MAX_URL = 2048;
    private static final int ANY_LAYER = 255;
    private static final long MAX_EPOCH = Long.MAX_VALUE;
    private static final double MAX_TIME = 1e15;
    private static final int MAX_INVITATION_SECONDS = 7 * 24 * 60 * 60;
    private static final int MAX_INVITATION_USES = 100;
    private static final Duration USUAL_INVITATION = Duration.ofHours(1);

    private static final Map<String, Request> TABLE = Map.ofEntries(
            entry("createRoom", CallRequests::create),
            entry("joinRoom", (client, message, answer) -> {
                SeatRequest seat = CallJoin.read(message, client.identity());
                client.join(
                        CallDialect.PROTOCOL,
                        seat,
                        seat.mayCreate(),
                        answer,
                        joined -> answer.succeed(CallReplies.success(CallReplies.joined(joined))));
            }),
            entry(
                    "leaveRoom",
                    (client, _, answer) -> client.leave(
                            client.room(CallDialect.PROTOCOL),
                            answer,
                            () -> answer.succeed(CallReplies.success(Map.of())))),
            entry("getProducers", (client, message, answer) -> {
                String roomId = message.optionalText("callId", MAX_ID);
                client.ask(
                        roomId == null ? client.room(CallDialect.PROTOCOL) : roomId,
                        new RoomCommand.GetProducers(),
                        answer,
                        producers -> answer.succeed(CallReplies.success(CallReplies.producers(producers))));
            }),
            entry(
                    "renewToken",
                    (client, message, answer) -> client.renew(
                            message.text("token", MAX_TOKEN),
                            answer,
                            identity -> answer.succeed(CallReplies.success(CallReplies.renewed(identity))))),
            request(
                    "createTransport",
                    m -> new RoomCommand.CreateTransport(direction(m)),
                    CallReplies::transportCreated),
            command(
                    "connectTransport",
                    m -> new RoomCommand.ConnectTransport(
                            m.text("transportId", MAX_ID), OrtcReader.dtlsParameters(m.object("dtlsParameters")))),
            request(
                    "restartIce",
                    m -> new RoomCommand.RestartIce(m.text("transportId", MAX_ID)),
                    CallReplies::iceRestarted),
            request(
                    "produce",
                    m -> new RoomCommand.Produce(
                            m.text("transportId", MAX_ID),
                            m.word("kind", MediaKind.class),
                            OrtcReader.rtpParameters(m.object("rtpParameters")),
                            m.freeObjectOrEmpty("appData", MAX_STATE),
                            m.flag("paused", false)),
                    CallReplies::produced),
            command("pauseProducer", m -> new RoomCommand.PauseProducer(m.text("producerId", MAX_ID))),
            command("resumeProducer", m -> new RoomCommand.ResumeProducer(m.text("producerId", MAX_ID))),
            command("closeProducer", m -> new RoomCommand.CloseProducer(m.text("producerId", MAX_ID))),
            request("consume", CallRequests::consume, CallReplies::consumed),
            command("pauseConsumer", m -> new RoomCommand.PauseConsumer(consumer(m))),
            command("resumeConsumer", m -> new RoomCommand.ResumeConsumer(consumer(m))),
            command("closeConsumer", m -> new RoomCommand.CloseConsumer(consumer(m))),
            command("setPreferredLayers", m -> {
                Integer temporalLayer = m.optionalNumber("temporalLayer", 0, ANY_LAYER);
                return new RoomCommand.SetPreferredLayers(
                        consumer(m),
                        m.number("spatialLayer", 0, ANY_LAYER),
                        temporalLayer == null ? ANY_LAYER : temporalLayer);
            }),
            command("setPriority", m -> new RoomCommand.SetPriority(consumer(m), m.number("priority", 1, 255))),
            command("requestKeyFrame", m -> new RoomCommand.RequestKeyFrame(consumer(m))),
            request("getStats", CallRequests::stats, CallReplies::stats),
            command("signal", CallRequests::signal),
            command("modeReady", m -> new RoomCommand.ModeReady(m.integer("epoch", 0, MAX_EPOCH))),
            command("linkState", CallRequests::linkState),
            command("requestMode", m -> new RoomCommand.RequestMode(m.word("mode", TopologyMode.class))),
            command(
                    "updatePeer",
                    m -> new RoomCommand.UpdatePeer(
                            m.optionalText("displayName", MAX_NAME), m.freeObject("mediaState", MAX_STATE))),
            command("chat", m -> new RoomCommand.Chat(m.longText("text", MAX_CHAT))),
            command("moderate", CallModeration::read),
            command("lockRoom", m -> new RoomCommand.LockRoom(m.flag("locked", true))),
            command("admit", m -> new RoomCommand.Admit(m.text("userId", MAX_ID))),
            command("deny", m -> new RoomCommand.Deny(m.text("userId", MAX_ID))),
            command("raiseHand", m -> new RoomCommand.RaiseHand(m.flag("raised", true))),
            command(
                    "playback",
                    m -> new RoomCommand.SetPlayback(
                            m.text("url", MAX_URL),
                            m.real("position", 0, MAX_TIME),
                            m.flag("playing"),
                            m.has("rate") ? m.real("rate", 0, MAX_TIME) : 1)),
            request(
                    "drift",
                    m -> new RoomCommand.ReportDrift(m.real("position", -MAX_TIME, MAX_TIME)),
                    CallReplies::corrected),
            command("inviteOnStage", m -> new RoomCommand.InviteOnStage(m.text("peerId", MAX_ID))),
            command("stage", m -> new RoomCommand.StandOnStage(m.flag("on"))),
            request("invite", CallRequests::invite, CallReplies::invited),
            command("revokeInvitation", m -> new RoomCommand.RevokeInvitation(m.text("invitation", MAX_ID))),
            entry("move", CallRequests::move));

    private CallRequests() {}

    static @Nullable Request find(String event) {
        return TABLE.get(event);
    }

    private static <R extends RoomReply> Map.Entry<String, Request> request(
            String event,
            Function<Fields, RoomCommand<R>> read,
            Function<R, Map<String, ? extends @Nullable Object>> write) {
        return entry(event, (client, message, answer) -> {
            RoomCommand<R> command = read.apply(message);
            client.ask(
                    client.room(CallDialect.PROTOCOL),
                    command,
                    answer,
                    reply -> answer.succeed(CallReplies.success(write.apply(reply))));
        });
    }

    private static Map.Entry<String, Request> command(
            String event, Function<Fields, RoomCommand<RoomReply.Done>> read) {
        return request(event, read, _ -> Map.of());
    }

    private static void create(Client client, Fields message, Answer answer) {
        String roomId = CallJoin.roomId(message);
        SeatRequest.checkOpens(client.identity(), roomId);
        RoomSpec spec = CallJoin.spec(message);
        if (!client.identity().may(Grant.CREATE, RoleWords.grants(ParticipantRole.PARTICIPANT))) {
            throw new RoomException(RoomErrorCode.FORBIDDEN);
        }
        client.countRoom(roomId);
        client.rooms().create(roomId, spec, client.socket().id()).whenComplete((created, failure) -> {
            if (failure != null) {
                answer.fail(failure);
            } else {
                answer.succeed(CallReplies.success(CallReplies.created(created)));
            }
        });
    }

    private static RoomCommand<RoomReply.Invited> invite(Fields message) {
        Integer seconds = message.optionalNumber("seconds", 1, MAX_INVITATION_SECONDS);
        Integer uses = message.optionalNumber("uses", 1, MAX_INVITATION_USES);
        return new RoomCommand.CreateInvitation(
                seconds == null ? USUAL_INVITATION : Duration.ofSeconds(seconds), uses == null ? 1 : uses);
    }

    /** To the room where the client is this is somebody who leaves, to the other somebody who joins. */
    private static void move(Client client, Fields message, Answer answer) {
        RoomCommand.FindRoom command = new RoomCommand.FindRoom(message.text("room", MAX_ID));
        client.ask(
                client.room(CallDialect.PROTOCOL),
                command,
                answer,
                way -> client.join(
                        CallDialect.PROTOCOL,
                        new SeatRequest(way.roomId(), way.spec(), way.join(), true),
                        true,
                        answer,
                        joined -> answer.succeed(CallReplies.success(CallReplies.joined(joined)))));
    }

    private static String consumer(Fields message) {
        return message.text("consumerId", MAX_ID);
    }

    private static TransportDirection direction(Fields message) {
        for (TransportDirection direction : TransportDirection.values()) {
            if (direction.name().toLowerCase(Locale.ROOT).equals(message.text("direction", MAX_ID))) {
                return direction;
            }
        }
        throw Fields.invalid("direction", "send or recv");
    }

    private static RoomCommand<RoomReply.Consumed> consume(Fields message) {
        Fields capabilities = message.optionalObject("rtpCapabilities");
        return new RoomCommand.Consume(
                message.text("transportId", MAX_ID),
                message.text("producerId", MAX_ID),
                capabilities == null ? null : OrtcReader.rtpCapabilities(capabilities),
                message.flag("paused", true));
    }

    private static RoomCommand<RoomReply.Stats> stats(Fields message) {
        String transportId = message.optionalText("transportId", MAX_ID);
        if (transportId != null) {
            return new RoomCommand.GetStats(StatsSubject.TRANSPORT, transportId);
        }
        String producerId = message.optionalText("producerId", MAX_ID);
        return producerId != null
                ? new RoomCommand.GetStats(StatsSubject.PRODUCER, producerId)
                : new RoomCommand.GetStats(StatsSubject.CONSUMER, consumer(message));
    }

    /** Descriptions and candidates pass unread; only what is neither, or too large, does not. */
    private static RoomCommand<RoomReply.Done> signal(Fields message) {
        String to = message.text("to", MAX_ID);
        long epoch = message.integer("epoch", 0, MAX_EPOCH);
        if (message.has("description") == message.has("candidate")) {
            throw Fields.invalid("signal", "a description or a candidate");
        }
        String name = message.has("description") ? "description" : "candidate";
        Map<String, @Nullable Object> value = message.freeObject(name, MAX_SIGNAL);
        if (value == null && name.equals("description")) {
            throw Fields.invalid(name, "an object");
        }
        // A null candidate is WebRTC's end-of-candidates.
        return new RoomCommand.Signal(to, epoch, Collections.singletonMap(name, value));
    }

    private static RoomCommand<RoomReply.Done> linkState(Fields message) {
        String state = message.text("state", MAX_ID);
        if (!state.equals("connected") && !state.equals("failed")) {
            throw Fields.invalid("state", "connected or failed");
        }
        String candidateType = message.optionalText("candidateType", MAX_ID);
        return new RoomCommand.ReportLink(new LinkReport(
                message.text("peerId", MAX_ID),
                state.equals("failed"),
                message.optionalReal("loss", 0, 1),
                candidateType == null ? null : candidateType.equals("relay")));
    }
}
