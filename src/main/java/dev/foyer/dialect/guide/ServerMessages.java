package dev.foyer.dialect.guide;

import dev.foyer.dialect.Event;
import dev.foyer.dialect.SignalReader.Description;
import dev.foyer.ortc.DtlsParameters;
import dev.foyer.ortc.IceCandidate;
import dev.foyer.ortc.IceParameters;
import dev.foyer.ortc.TransportParameters;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.Peer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients are sent. Times are ISO 8601 in UTC; roles are {@code host}, {@code participant} and {@code viewer}. */
final class ServerMessages {
    private ServerMessages() {}

    /**
     * A seat was taken.
     *
     * @param type {@code cinema}, {@code mansion} or {@code private}
     * @param mode where media runs, {@code p2p} or {@code sfu}
     * @param participants everybody, the receiver last
     */
    @Event("room-state")
    record RoomState(
            String roomId,
            String type,
            String mode,
            List<Participant> participants,
            Map<String, @Nullable Object> metadata) {}

    /** Somebody in a room. */
    record Participant(
            String id,
            String socketId,
            String userId,
            String role,
            Map<String, @Nullable Object> mediaState,
            String joinedAt) {
        static Participant of(Peer peer) {
            return new Participant(
                    peer.userId(),
                    peer.peerId(),
                    peer.userId(),
                    peer.role().toString(),
                    stateOf(peer),
                    Instant.ofEpochMilli(peer.joinedAtMillis()).toString());
        }
    }

    /** Somebody is here. */
    @Event("user-joined")
    record UserJoined(String userId, String socketId, String role, Map<String, @Nullable Object> mediaState) {
        static UserJoined of(Peer peer) {
            return new UserJoined(peer.userId(), peer.peerId(), peer.role().toString(), stateOf(peer));
        }
    }

    /** Somebody is gone, for good or for now. */
    @Event("user-left")
    record UserLeft(String userId, String socketId) {}

    /** An offer: another user's, with whatever else that one wrote, or the server's in its place. */
    @Event("webrtc-offer")
    record Offer(String fromUserId, String fromSocketId, Description offer) {}

    /** An answer, as {@link Offer}. */
    @Event("webrtc-answer")
    record Answer(String fromUserId, String fromSocketId, Description answer) {}

    /** Another user's candidate, as that one wrote it. */
    @Event("ice-candidate")
    record Candidate(
            String fromUserId,
            String fromSocketId,
            @Nullable Object candidate) {}

    /** Somebody sends its screen. */
    @Event("screen-share-started")
    record ScreenShareStarted(String userId) {}

    /** Somebody sends its camera again. */
    @Event("screen-share-stopped")
    record ScreenShareStopped(String userId) {}

    /** Somebody sends something else than before. */
    @Event("media-state-changed")
    record MediaStateChanged(String userId, Map<String, @Nullable Object> mediaState) {
        static MediaStateChanged of(Peer peer) {
            return new MediaStateChanged(peer.userId(), stateOf(peer));
        }
    }

    /** The room's media runs through the server, where this transport waits for who can use it. */
    @Event("transport-created")
    record TransportCreated(
            String id, IceParameters iceParameters, List<IceCandidate> iceCandidates, DtlsParameters dtlsParameters) {
        static TransportCreated of(TransportParameters transport) {
            return new TransportCreated(
                    transport.id(), transport.iceParameters(), transport.iceCandidates(), transport.dtlsParameters());
        }
    }

    /** What somebody said of its media; of who said nothing, what its role suggests, as pages read the fields unasked. */
    private static Map<String, @Nullable Object> stateOf(Peer peer) {
        Map<String, @Nullable Object> said = peer.mediaState();
        boolean sends = peer.role() != ParticipantRole.VIEWER;
        return said != null ? said : Map.of("video", sends, "audio", sends, "screenShare", false, "quality", "high");
    }
}
