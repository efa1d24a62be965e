package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.room.Holdings.Producer;
import dev.foyer.room.Holdings.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections by which participants publish or watch with one offer and hear of nothing after it (WHIP, WHEP). Who watches
 * has a fixed number of m-sections: who comes, leaves and speaks changes what is sent on them. Belongs to the room's loop.
 */
final class SoleConnections {
    private final Seats seats;
    private final Holdings holdings;
    private final Connections connections;
    private final Speakers speakers;
    private final Lifelines lifelines;
    private final RoomLoop loop;
    private final List<Watch> watches = new ArrayList<>();

    SoleConnections(
            Seats seats,
            Holdings holdings,
            Connections connections,
            Speakers speakers,
            Lifelines lifelines,
            RoomLoop loop) {
        this.seats = seats;
        this.holdings = holdings;
        this.connections = connections;
        this.speakers = speakers;
        this.lifelines = lifelines;
        this.loop = loop;
    }

    CompletionStage<RoomReply.Answered> publish(Participant owner, RoomCommand.Publish command) {
        owner.require(Permission.PUBLISH);
        return answered(
                owner,
                connection -> connections
                        .answer(connection, command.offer(), new ConnectionPlan(true, List.of()))
                        .thenApply(negotiated -> {
                            connections.take(connection, negotiated.received());
                            return negotiated;
                        }));
    }

    CompletionStage<RoomReply.Answered> subscribe(Participant owner, RoomCommand.Subscribe command) {
        owner.require(Permission.SUBSCRIBE);
        Target of = command.of() instanceof Target.Others ? null : command.of();
        if (of != null && subject(of, owner) == null) {
            throw new RoomException(RoomErrorCode.PARTICIPANT_NOT_FOUND);
        }
        return answered(owner, connection -> {
            Watch watch = new Watch(connection, of, SdpOutline.of(command.offer()));
            watch.choose();
            return connections.answer(connection, command.offer(), watch.plan()).thenApply(negotiated -> {
                watches.add(watch);
                watch.update();
                return negotiated;
            });
        });
    }

    /** Somebody publishes or speaks who did not before, or no longer. */
    void changed() {
        watches.removeIf(watch -> !connections.isOpen(watch.connection));
        watches.forEach(Watch::update);
    }

    private CompletionStage<RoomReply.Answered> answered(
            Participant owner, Function<Transport, CompletionStage<NegotiatedConnection>> negotiation) {
        return connections.create(owner, owner.id()).thenCompose(connection -> {
            lifelines.tie(owner, connection.id, loop.nowNanos());
            return negotiation
                    .apply(connection)
                    .thenApply(negotiated -> new RoomReply.Answered(
                            connection.id, Objects.requireNonNull(negotiated.sdp(), "an answer")))
                    .exceptionallyCompose(failure -> {
                        connections.close(connection);
                        return CompletableFuture.failedStage(failure);
                    });
        });
    }

    private @Nullable Participant subject(Target of, Participant watcher) {
        return switch (of) {
            case Target.Peer(String peerId) -> seats.find(peerId);
            case Target.User(String userId) ->
                seats.all().stream()
                        .filter(seat -> seat.userId.equals(userId) && seat != watcher)
                        .max(Comparator.comparingLong(seat -> seat.order))
                        .orElse(null);
            case Target.Others _ -> null;
        };
    }

    /** What one participant watches. */
    private final class Watch {
        private final Transport connection;
        private final @Nullable Target of;
        private final Map<MediaKind, List<@Nullable String>> slots = new EnumMap<>(MediaKind.class);

        private Watch(Transport connection, @Nullable Target of, SdpOutline offer) {
            this.connection = connection;
            this.of = of;
            for (MediaKind kind : MediaKind.values()) {
                List<@Nullable String> free = new ArrayList<>();
                for (int i = 0; i < offer.receiving(kind); i++) {
                    free.add(null);
                }
                slots.put(kind, free);
            }
        }

        private void update() {
            if (choose()) {
                var _ = connections.apply(connection, plan());
            }
        }

        /** Gives each m-section what is wanted most; what has one already stays where it is. Returns whether anything changed. */
        private boolean choose() {
            boolean changed = false;
            for (Map.Entry<MediaKind, List<@Nullable String>> entry : slots.entrySet()) {
                List<@Nullable String> chosen = entry.getValue();
                List<@Nullable String> before = new ArrayList<>(chosen);
                List<String> wanted = wanted(entry.getKey()).stream()
                        .limit(chosen.size())
                        .map(producer -> producer.id)
                        .toList();
                chosen.replaceAll(id -> id != null && wanted.contains(id) ? id : null);
                for (String id : wanted) {
                    if (!chosen.contains(id)) {
                        chosen.set(chosen.indexOf(null), id);
                    }
                }
                changed |= !before.equals(chosen);
            }
            return changed;
        }

        private List<Producer> wanted(MediaKind kind) {
            Participant watcher = connection.owner;
            Participant only = of == null ? null : subject(of, watcher);
            return holdings
                    .producers(producer -> producer.kind == kind
                            && producer.owner != watcher
                            && (of == null || producer.owner == only))
                    .stream()
                    .sorted(Comparator.comparingInt((Producer producer) -> producer.isScreen() ? 0 : 1)
                            .thenComparingLong(producer -> -speakers.lastSpoke(producer.owner)))
                    .toList();
        }

        private ConnectionPlan plan() {
            List<MediaSource> sources = new ArrayList<>();
            slots.forEach((kind, chosen) -> {
                for (int i = 0; i < chosen.size(); i++) {
                    sources.add(new MediaSource(kind + "-" + i, kind, chosen.get(i)));
                }
            });
            return new ConnectionPlan(false, sources);
        }
    }
}
