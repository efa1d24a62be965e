package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.room.Holdings.Transport;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The SFU's end of a {@link ServedLink}: the connection that stands, and while the client's peer connection is another
 * than before, the one that is to take its place. Steps are asked for one after the other.
 */
final class ServedConnection {
    private final Participant client;
    private final String streamId;
    private final Connections connections;

    private @Nullable Transport standing;
    private @Nullable Transport building;

    /** The client's peer connection that the standing one is connected to, by its descriptions. */
    private @Nullable String clientSession;

    private ConnectionPlan plan = new ConnectionPlan(false, List.of());

    /** Grows whenever all that is under way becomes void. */
    private int generation;

    ServedConnection(Participant client, String streamId, Connections connections) {
        this.client = client;
        this.streamId = streamId;
        this.connections = connections;
    }

    int generation() {
        return generation;
    }

    @Nullable
    String clientSession() {
        return clientSession;
    }

    boolean stands() {
        return standing != null;
    }

    /** Whether the client's end has reached the server's. */
    boolean isConnected() {
        return standing != null && standing.connected;
    }

    boolean has(String transportId) {
        return standing != null && standing.id.equals(transportId);
    }

    /** Whether the client answers an offer that was made on the standing connection from another peer connection. */
    boolean isReplacedBy(@Nullable String session) {
        return building == null && clientSession != null && !Objects.equals(clientSession, session);
    }

    /** Answers the client's offer, on a new connection if it comes from another peer connection than the last. */
    CompletionStage<NegotiatedConnection> answer(String offer, @Nullable String session, ConnectionPlan next) {
        boolean fresh = clientSession != null && session != null && !clientSession.equals(session);
        return target(fresh).thenCompose(target -> connections.answer(target, offer, next));
    }

    /** Makes an offer, on a new connection if asked or if there is none. */
    CompletionStage<NegotiatedConnection> offer(boolean fresh, ConnectionPlan next) {
        plan = next;
        return target(fresh).thenCompose(target -> connections.offer(target, next));
    }

    /** Takes the client's answer to the last offer. */
    CompletionStage<NegotiatedConnection> accept(String answer) {
        Transport target = building != null ? building : standing;
        return target == null
                ? CompletableFuture.failedStage(new RoomException(RoomErrorCode.INVALID_MESSAGE))
                : connections.accept(target, answer);
    }

    /** The plan of the last offer. */
    ConnectionPlan plan() {
        return plan;
    }

    /** What was negotiated holds. */
    void adopt(NegotiatedConnection step, @Nullable String session, ConnectionPlan next) {
        if (building != null) {
            // First, so that what comes in on the new connection takes the place of what came in on the old.
            connections.close(standing);
            standing = building;
            building = null;
        }
        clientSession = session;
        plan = next;
        take(step);
    }

    /** Meets other sources without negotiation; null when nothing changes. */
    @Nullable
    CompletionStage<NegotiatedConnection> apply(ConnectionPlan next) {
        Transport target = standing;
        if (target == null || next.sources().equals(plan.sources())) {
            return null;
        }
        plan = next;
        return connections.apply(target, next);
    }

    /** Books what the client sends now. */
    void take(NegotiatedConnection step) {
        if (standing != null) {
            connections.take(standing, step.received());
        }
    }

    /** What was under way is void; the standing connection stays as it was. */
    void takeBack() {
        if (building != null) {
            connections.close(building);
            building = null;
        } else if (standing != null) {
            connections.rollback(standing);
        }
    }

    void close() {
        generation++;
        connections.close(standing);
        connections.close(building);
        standing = null;
        building = null;
        clientSession = null;
    }

    private CompletionStage<Transport> target(boolean fresh) {
        Transport stands = standing;
        if (!fresh && stands != null) {
            return CompletableFuture.completedStage(stands);
        }
        int mine = generation;
        return connections.create(client, streamId).thenApply(created -> {
            if (mine != generation) {
                connections.close(created);
                throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
            }
            building = created;
            return created;
        });
    }
}
