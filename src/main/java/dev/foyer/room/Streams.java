package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.room.Holdings.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of those who publish into a room or watch it by one SDP offer: WHIP (RFC 9725) and WHEP. They have no
 * socket, so their connection is their presence: when it is gone for a while so is their seat. Belongs to the room's loop.
 */
final class Streams {
    private static final long ABSENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Seats seats;
    private final Holdings holdings;
    private final Connections connections;
    private final Speakers speakers;
    private final RoomLoop loop;
    private final List<Stream> streams = new ArrayList<>();
    private boolean changed;

    Streams(Seats seats, Holdings holdings, Connections connections, Speakers speakers, RoomLoop loop) {
        this.seats = seats;
        this.holdings = holdings;
        this.connections = connections;
        this.speakers = speakers;
        this.loop = loop;
    }

    /** Publishes what an offer contains; what the participant published so before ends. */
    CompletionStage<RoomReply.Answered> publish(Participant owner, String offer) {
        return begin(owner, offer, null);
    }

    /**
     * Sends the room to a participant; what it was sent so before ends.
     *
     * @param of who is sent; a user's participants one after another, as they come and go
     */
    CompletionStage<RoomReply.Answered> subscribe(Participant owner, String offer, Target of) {
        Targets.of(seats, owner, of);
        return begin(owner, offer, new WatchPlan(seats, holdings, speakers, owner, of, SdpOutline.of(offer)));
    }

    /** Who publishes what, or who speaks, changed. */
    void changed() {
        changed = true;
    }

    /** Somebody is gone. */
    void forget(Participant owner) {
        streams.removeIf(stream -> stream.owner == owner);
    }

    void transportState(String transportId, TransportState state) {
        for (Stream stream : streams) {
            if (stream.connection.id.equals(transportId)) {
                switch (state) {
                    case CONNECTED -> stream.absent.clear();
                    case DISCONNECTED -> stream.absent.in(ABSENCE_NANOS, loop.nowNanos());
                    case FAILED, CLOSED -> stream.absent.in(0, loop.nowNanos());
                }
            }
        }
    }

    /** All connections are gone; who has no other presence has to come anew. */
    void sfuLost() {
        streams.forEach(stream -> stream.absent.in(0, loop.nowNanos()));
    }

    /** Does what is due. Returns who is to give its seat up. */
    List<Participant> tick(long nowNanos) {
        List<Participant> absent = new ArrayList<>();
        for (Stream stream : List.copyOf(streams)) {
            if (stream.absent.take(nowNanos)) {
                streams.remove(stream);
                if (stream.owner.recipient.dialect() == Dialect.WHIP) {
                    absent.add(stream.owner);
                }
            }
        }
        if (changed) {
            changed = false;
            streams.forEach(this::update);
        }
        return absent;
    }

    /** How long until {@link #tick} has something to do. */
    long delayNanos(long nowNanos) {
        long delay = changed ? 0 : Deadline.NEVER;
        for (Stream stream : streams) {
            delay = Math.min(delay, stream.absent.delayNanos(nowNanos));
        }
        return delay;
    }

    private CompletionStage<RoomReply.Answered> begin(Participant owner, String offer, @Nullable WatchPlan watch) {
        List<MediaSource> sources = watch == null ? List.of() : watch.sources();
        return connections
                .create(owner, owner.id())
                .thenCompose(connection -> connections
                        .answer(connection, offer, new ConnectionPlan(watch == null, sources))
                        .handle((step, failure) -> {
                            if (failure != null || !seats.holds(owner)) {
                                connections.close(connection);
                                MediaRefusals.refuseOn(failure);
                                throw new RoomException(RoomErrorCode.NOT_IN_ROOM);
                            }
                            return adopt(new Stream(owner, connection, watch, sources), step);
                        }));
    }

    private RoomReply.Answered adopt(Stream stream, NegotiatedConnection step) {
        for (Stream old : List.copyOf(streams)) {
            if (old.owner == stream.owner && (old.watch == null) == (stream.watch == null)) {
                streams.remove(old);
                connections.close(old.connection);
            }
        }
        streams.add(stream);
        if (!stream.connection.connected) {
            stream.absent.in(ABSENCE_NANOS, loop.nowNanos());
        }
        connections.take(stream.connection, step.received());
        changed = true;
        return new RoomReply.Answered(stream.connection.id, Objects.requireNonNull(step.sdp(), "an answer has SDP"));
    }

    private void update(Stream stream) {
        WatchPlan watch = stream.watch;
        if (watch == null || !connections.isOpen(stream.connection)) {
            return;
        }
        List<MediaSource> sources = watch.sources();
        if (!sources.equals(stream.sources)) {
            stream.sources = sources;
            // Who watches cannot be offered to: what does not fit its m-sections is not sent.
            connections.apply(stream.connection, new ConnectionPlan(false, sources));
        }
    }

    private static final class Stream {
        private final Participant owner;
        private final Transport connection;
        private final @Nullable WatchPlan watch;
        private final Deadline absent = new Deadline();
        private List<MediaSource> sources;

        private Stream(Participant owner, Transport connection, @Nullable WatchPlan watch, List<MediaSource> sources) {
            this.owner = owner;
            this.connection = connection;
            this.watch = watch;
            this.sources = sources;
        }
    }
}
