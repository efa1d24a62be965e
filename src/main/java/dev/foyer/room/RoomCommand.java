package dev.foyer.room;

import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a participant asks of its room. Who asks is not part of the command: the caller of {@link Rooms} says it, from
 * what the server knows.
 *
 * @param <R> the reply
 */
public sealed interface RoomCommand<R extends RoomReply> {
    /**
     * Takes a seat. One who has a seat already starts afresh: its media is closed and the others see it leave and join. A
     * seat that {@link Dialect#API} keeps for the same user is given up for this one.
     *
     * @param dialect what it speaks
     * @param userId who it is
     * @param role what it is
     * @param displayName name to show, or null
     * @param mediaState passed on to the others, or null
     * @param data what else it says about itself, passed on to the others, or null
     * @param mesh what its client can do in a mesh
     * @param rtpCapabilities what it can receive, or null when it will say so with each {@link Consume}
     * @param permissions what it may do
     * @param ticket what speaks for it where not everybody may come in
     */
    record Join(
            Dialect dialect,
            String userId,
            ParticipantRole role,
            @Nullable String displayName,
            @Nullable Map<String, @Nullable Object> mediaState,
            @Nullable Map<String, @Nullable Object> data,
            MeshSupport mesh,
            @Nullable RtpCapabilities rtpCapabilities,
            Set<Permission> permissions,
            Ticket ticket)
            implements RoomCommand<RoomReply.Joined> {
        public Join {
            permissions = Set.copyOf(permissions);
        }

        /** A join for which nothing speaks. */
        public Join(
                Dialect dialect,
                String userId,
                ParticipantRole role,
                @Nullable String displayName,
                @Nullable Map<String, @Nullable Object> mediaState,
                @Nullable Map<String, @Nullable Object> data,
                MeshSupport mesh,
                @Nullable RtpCapabilities rtpCapabilities,
                Set<Permission> permissions) {
            this(dialect, userId, role, displayName, mediaState, data, mesh, rtpCapabilities, permissions, Ticket.NONE);
        }

        /** The same with other permissions. */
        Join with(Set<Permission> others) {
            return new Join(
                    dialect, userId, role, displayName, mediaState, data, mesh, rtpCapabilities, others, ticket);
        }
    }

    /** Gives the seat up. */
    record Leave() implements RoomCommand<RoomReply.Done> {}

    /** The participant's connection is lost; it may come back. */
    record Suspend() implements RoomCommand<RoomReply.Done> {}

    /** The participant's connection is back and nothing was lost. */
    record Return() implements RoomCommand<RoomReply.Done> {}

    /** Creates a transport to the SFU. */
    record CreateTransport(TransportDirection direction) implements RoomCommand<RoomReply.TransportCreated> {}

    /** Completes a transport with the client's certificate. */
    record ConnectTransport(String transportId, DtlsParameters dtlsParameters) implements RoomCommand<RoomReply.Done> {}

    /** Gives a transport new ICE credentials. */
    record RestartIce(String transportId) implements RoomCommand<RoomReply.IceRestarted> {}

    /** Publishes a track. */
    record Produce(
            String transportId,
            MediaKind kind,
            RtpParameters rtpParameters,
            Map<String, @Nullable Object> appData,
            boolean paused)
            implements RoomCommand<RoomReply.Produced> {}

    /** Stops a producer of one's own for a while. */
    record PauseProducer(String producerId) implements RoomCommand<RoomReply.Done> {}

    /** Goes on with a producer of one's own. */
    record ResumeProducer(String producerId) implements RoomCommand<RoomReply.Done> {}

    /** Ends a producer of one's own. */
    record CloseProducer(String producerId) implements RoomCommand<RoomReply.Done> {}

    /** Lists what the others publish. */
    record GetProducers() implements RoomCommand<RoomReply.Producers> {}

    /**
     * Subscribes to a producer of somebody else.
     *
     * @param rtpCapabilities what the client can receive, or null for what it said when it joined
     */
    record Consume(
            String transportId, String producerId, @Nullable RtpCapabilities rtpCapabilities, boolean paused)
            implements RoomCommand<RoomReply.Consumed> {}

    /** Stops a consumer of one's own for a while. */
    record PauseConsumer(String consumerId) implements RoomCommand<RoomReply.Done> {}

    /** Starts or goes on with a consumer of one's own. */
    record ResumeConsumer(String consumerId) implements RoomCommand<RoomReply.Done> {}

    /** Ends a consumer of one's own. */
    record CloseConsumer(String consumerId) implements RoomCommand<RoomReply.Done> {}

    /** Limits the layers of a consumer, both from 0. */
    record SetPreferredLayers(String consumerId, int spatialLayer, int temporalLayer)
            implements RoomCommand<RoomReply.Done> {}

    /**
     * Weighs a consumer against one's others.
     *
     * @param priority 1 to 255
     */
    record SetPriority(String consumerId, int priority) implements RoomCommand<RoomReply.Done> {}

    /** Asks for a key frame on a consumer of one's own. */
    record RequestKeyFrame(String consumerId) implements RoomCommand<RoomReply.Done> {}

    /** Asks for the statistics of something of one's own. */
    record GetStats(StatsSubject subject, String id) implements RoomCommand<RoomReply.Stats> {}

    /**
     * Passes mesh signaling to another participant. Dropped in silence when the epoch is not that of a mesh that stands
     * or is being built.
     *
     * @param payload passed on as it came
     */
    record Signal(String to, long epoch, Map<String, @Nullable Object> payload)
            implements RoomCommand<RoomReply.Done> {}

    /**
     * Passes what a plain client tells another on to it, or answers for that one where the server ends the connection. For
     * {@link MeshSupport.Plain} clients; from others it is {@code INVALID_MESSAGE}. What is not to be heard by anybody, an
     * offer that crosses another or a message to somebody who is away, is dropped in silence and counted. A candidate may
     * be held for a while. Where the server answers, the reply comes when it has; an offer or answer that it cannot take
     * is {@code INVALID_MESSAGE} or {@code NOT_ACCEPTABLE}.
     */
    record Negotiate(Target to, PeerSignal signal) implements RoomCommand<RoomReply.Done> {}

    /**
     * Publishes what an SDP offer contains, on a connection of its own to the server; what was published so before ends. For
     * WHIP (RFC 9725). A participant that speaks {@link Dialect#WHIP} is removed, with {@code TRANSPORT_NOT_FOUND}, when its
     * connection failed, ended or was silent for 30 s.
     *
     * @param offer SDP
     */
    record Publish(String offer) implements RoomCommand<RoomReply.Answered> {}

    /**
     * Receives the room, or one of its participants, on a connection of its own to the server. For WHEP. Where there are
     * fewer m-sections than producers, screens go before cameras and who speaks before who is silent, switched by the room.
     * A second one replaces the first; presence is as with {@link Publish}.
     *
     * @param offer SDP
     * @param of the only participant to receive, or null for all; {@link Target.Others} is all, too
     */
    record Subscribe(String offer, @Nullable Target of) implements RoomCommand<RoomReply.Answered> {}

    /** The participant decodes everybody on the path of an epoch. */
    record ModeReady(long epoch) implements RoomCommand<RoomReply.Done> {}

    /** What the participant observes of its mesh link to another. */
    record ReportLink(LinkReport report) implements RoomCommand<RoomReply.Done> {}

    /** Asks for the SFU; asking for P2P takes that back. */
    record RequestMode(TopologyMode mode) implements RoomCommand<RoomReply.Done> {}

    /** Changes what the others see; null leaves as it is. */
    record UpdatePeer(
            @Nullable String displayName, @Nullable Map<String, @Nullable Object> mediaState)
            implements RoomCommand<RoomReply.Done> {}

    /** Shows one's screen in place of the camera, or no longer: {@code mediaState.screenShare}, and nothing else of it. */
    record ShareScreen(boolean sharing) implements RoomCommand<RoomReply.Done> {}

    /** Says something to all. */
    record Chat(String text) implements RoomCommand<RoomReply.Done> {}

    /** Asks for attention, or no longer. */
    record RaiseHand(boolean raised) implements RoomCommand<RoomReply.Done> {}

    /**
     * What only some types of rooms know; elsewhere it is {@code FORBIDDEN}.
     *
     * @param <R> the reply
     */
    sealed interface OfType<R extends RoomReply> extends RoomCommand<R> {}

    /**
     * Sets what a cinema shows; for hosts. What no player could play is {@code INVALID_MESSAGE}, too many changes are
     * {@code RATE_LIMITED}.
     *
     * @param url {@code http} or {@code https}
     * @param position seconds from its beginning, 0 or more
     * @param rate seconds of it a second, 0.25 to 4
     */
    record SetPlayback(String url, double position, boolean playing, double rate) implements OfType<RoomReply.Done> {}

    /**
     * Says where one's player is in what a cinema shows, to be told where it should be; a few times a second are
     * {@code RATE_LIMITED}.
     *
     * @param position seconds from its beginning
     */
    record ReportDrift(double position) implements OfType<RoomReply.Corrected> {}

    /** Asks a viewer on stage; for hosts. */
    record InviteOnStage(String peerId) implements OfType<RoomReply.Done> {}

    /** Enters the stage, to which one has to be invited, or leaves it, or declines. */
    record StandOnStage(boolean on) implements OfType<RoomReply.Done> {}

    /**
     * Makes an invitation; for hosts, and for who made the room.
     *
     * @param life for how long it lets in who has not used it yet, up to 7 days
     * @param uses how many users it lets in, 1 to 100
     */
    record CreateInvitation(Duration life, int uses) implements OfType<RoomReply.Invited> {}

    /** Takes an invitation back, if there is one; for the same. Who is in stays in. */
    record RevokeInvitation(String secret) implements OfType<RoomReply.Done> {}

    /**
     * Asks the way to another room of the house; the seat in this one is kept. {@code ROOM_NOT_FOUND} when the house has no
     * such room.
     *
     * @param room its name, {@link HousePlan#LOBBY} for the lobby
     */
    record FindRoom(String room) implements OfType<RoomReply.Way> {}

    /** Does something to a participant, for who may moderate. */
    record Moderate(String peerId, Moderation action) implements RoomCommand<RoomReply.Done> {}

    /** Closes the room to everybody who was not in it yet, or opens it again. */
    record LockRoom(boolean locked) implements RoomCommand<RoomReply.Done> {}

    /** Lets a user in who waits in the lobby: its next {@link Join} is not held up. */
    record Admit(String userId) implements RoomCommand<RoomReply.Done> {}

    /** Sends a user away who waits in the lobby. */
    record Deny(String userId) implements RoomCommand<RoomReply.Done> {}
}
