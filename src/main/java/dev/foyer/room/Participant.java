package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A seat in a room and who has it. Belongs to the room's loop. */
final class Participant {
    final Recipient recipient;
    final String userId;
    final MeshSupport mesh;
    final long joinedAtMillis;
    final @Nullable RtpCapabilities rtpCapabilities;
    final @Nullable Map<String, @Nullable Object> data;

    /** What it is, and what it may do; both change by moderation, through {@link Roles}. */
    ParticipantRole role;

    Set<Permission> permissions;

    /** What it may not send though it may publish; see {@link Mutes}. */
    final Set<MediaKind> muted = EnumSet.noneOf(MediaKind.class);

    /** How often it may report its drift. */
    final Pace driftReports = new Pace(TimeUnit.SECONDS.toNanos(1), 5);

    /** Position in the order in which the others learned of the participants; grows with each return. */
    long order;

    /** Whether its transport is lost. */
    boolean suspended;

    /** When that happened; meaningless unless {@link #suspended}. */
    long suspendedAtNanos;

    /** Whether the others were told that it left, though it still has its seat. */
    boolean away;

    /** Transports, producers and consumers asked for and not there yet. */
    int transportsComing;

    int producersComing;
    int consumersComing;

    private @Nullable String displayName;
    private @Nullable Map<String, @Nullable Object> mediaState;

    Participant(String roomId, String id, RoomCommand.Join join, long order, long joinedAtMillis) {
        this.recipient = new Recipient(roomId, id, join.dialect());
        this.userId = join.userId();
        this.role = join.role();
        this.mesh = join.mesh();
        this.joinedAtMillis = joinedAtMillis;
        this.data = join.data();
        this.rtpCapabilities = join.rtpCapabilities();
        this.permissions =
                join.permissions().contains(Permission.ADMIN) ? EnumSet.allOf(Permission.class) : join.permissions();
        this.displayName = join.displayName();
        this.mediaState = join.mediaState();
        this.order = order;
    }

    String id() {
        return recipient.participantId();
    }

    /** How its client is a plain one, or null when it is not. */
    MeshSupport.@Nullable Plain plain() {
        return mesh instanceof MeshSupport.Plain plain ? plain : null;
    }

    /** Whether its client offers, unasked, to everybody whom it hears of. */
    boolean offersUnasked() {
        MeshSupport.Plain plain = plain();
        return plain != null && plain.offers() == MeshSupport.Offers.EVERYBODY;
    }

    /** Whether media is to be expected of it. */
    boolean publishes() {
        return may(Permission.PUBLISH) && role != ParticipantRole.VIEWER && recipient.dialect() != Dialect.API;
    }

    void update(RoomCommand.UpdatePeer update) {
        if (update.displayName() != null) {
            displayName = update.displayName();
        }
        if (update.mediaState() != null) {
            mediaState = update.mediaState();
        }
    }

    void shareScreen(boolean sharing) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>(mediaState == null ? Map.of() : mediaState);
        state.put("screenShare", sharing);
        mediaState = Collections.unmodifiableMap(state);
    }

    /** Whether it says that it shows its screen, on whichever of its tracks. */
    boolean sharesScreen() {
        return mediaState != null && Boolean.TRUE.equals(mediaState.get("screenShare"));
    }

    Peer peer() {
        return new Peer(id(), userId, role, displayName, mediaState, data, joinedAtMillis);
    }

    /** Its seat as it is to take it in another room of the house around a lobby. */
    RoomCommand.Join joinAgain(String lobby) {
        return new RoomCommand.Join(
                recipient.dialect(),
                userId,
                role,
                displayName,
                mediaState,
                data,
                mesh,
                rtpCapabilities,
                permissions,
                Ticket.inside(lobby, muted));
    }

    /** Of two participants the one that came later offers first and is impolite. */
    boolean politeTowards(Participant other) {
        return other.order > order;
    }

    boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Whether it is not to send or receive all that others may, which nobody can see to in a mesh. */
    boolean isRestricted() {
        return !may(Permission.PUBLISH) || !may(Permission.SUBSCRIBE) || !muted.isEmpty();
    }
}
