package dev.foyer.room;

import dev.foyer.ortc.ConsumerParameters;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.TransportParameters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a room answers to a {@link RoomCommand}. */
public sealed interface RoomReply {
    /** Carried out; there is nothing to tell. */
    record Done() implements RoomReply {}

    /**
     * A seat was taken.
     *
     * @param peerId the participant's own id
     * @param self the participant as the others see it
     * @param peers the others who are present, without those whom a plain client hears of later
     * @param topology where media runs, or is about to
     * @param room the room
     * @param iceServers STUN and TURN servers for this participant
     * @param rtpCapabilities what the SFU can receive
     * @param producers what the others publish through the SFU; empty in a mesh
     * @param playback what a cinema shows and where it is now, or null
     * @param invitation the way back in for who made a room that is joined by invitation, or null
     * @param house the house that the room is part of, or null
     */
    record Joined(
            String peerId,
            Peer self,
            List<SeenPeer> peers,
            Topology topology,
            RoomView room,
            List<IceServer> iceServers,
            RtpCapabilities rtpCapabilities,
            List<AnnouncedProducer> producers,
            @Nullable Playback playback,
            @Nullable Invitation invitation,
            @Nullable HouseView house)
            implements RoomReply {}

    /**
     * Somebody who was there already.
     *
     * @param peer who
     * @param polite whether the newcomer is the polite side of perfect negotiation towards it
     */
    record SeenPeer(Peer peer, boolean polite) {}

    /**
     * The room exists, since now or since before.
     *
     * @param room with the options of whoever created it
     * @param rtpCapabilities what the SFU can receive
     */
    record Created(RoomView room, RtpCapabilities rtpCapabilities) implements RoomReply {}

    /** A transport waits for the client. */
    record TransportCreated(TransportParameters parameters) implements RoomReply {}

    /**
     * An SDP offer is answered.
     *
     * @param connectionId for {@link RoomCommand.RestartIce} and {@link RoomCommand.GetStats} as a transport
     * @param sdp the answer
     */
    record Answered(String connectionId, String sdp) implements RoomReply {}

    /** A transport has new credentials. */
    record IceRestarted(IceParameters iceParameters) implements RoomReply {}

    /** A producer exists. */
    record Produced(AnnouncedProducer producer) implements RoomReply {
        /** Its id. */
        public String producerId() {
            return producer.producerId();
        }
    }

    /**
     * A consumer exists.
     *
     * @param parameters for the client's receiver
     * @param peerId whose producer it is
     * @param appData the producer's
     */
    record Consumed(ConsumerParameters parameters, String peerId, Map<String, @Nullable Object> appData)
            implements RoomReply {}

    /** What the others publish. */
    record Producers(List<AnnouncedProducer> producers) implements RoomReply {}

    /** Statistics in the words of webrtc-stats. */
    record Stats(List<Map<String, Object>> stats) implements RoomReply {}

    /**
     * Where a player should be.
     *
     * @param playback what is shown and where it is now, or null when nothing is
     * @param drift by how many seconds the player is ahead, negative when it lags; null when nothing is shown
     */
    record Corrected(@Nullable Playback playback, @Nullable Double drift) implements RoomReply {}

    /** There is an invitation. */
    record Invited(Invitation invitation) implements RoomReply {}

    /**
     * The way to another room of a house.
     *
     * @param roomId that room's
     * @param spec for the case that the room is made now
     * @param join the asker's seat as it is to take it there
     */
    record Way(String roomId, RoomSpec spec, RoomCommand.Join join) implements RoomReply {}
}
