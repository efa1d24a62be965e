package dev.foyer.app;

import dev.foyer.limit.Limits;
import dev.foyer.media.MediaCounters;
import dev.foyer.media.VertxMediaPlane;
import dev.foyer.room.Dialect;
import dev.foyer.room.RoomCounters;
import dev.foyer.room.RoomSummary;
import dev.foyer.room.Rooms;
import dev.foyer.room.SignalKind;
import dev.foyer.room.SignalOutcome;
import dev.foyer.room.TopologyMode;
import dev.foyer.room.TopologyReason;
import dev.foyer.socketio.SocketIoCounters;
import dev.foyer.socketio.SocketIoServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** What Prometheus is shown. Names begin with {@code foyer_}; those of the JVM and the process are Micrometer's own. */
final class Metrics implements AutoCloseable {
    private static final Duration[] LAG_BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final VertxMediaPlane mediaPlane;
    private final BitrateGauge received = new BitrateGauge();
    private final BitrateGauge sent = new BitrateGauge();
    private final Timer loopLag;
    private volatile MediaCounters media = MediaCounters.ZERO;

    Metrics(
            Rooms rooms,
            VertxMediaPlane mediaPlane,
            SocketIoServer socketIo,
            Limits limits,
            LongAdder lateConnections) {
        this.mediaPlane = mediaPlane;
        loopLag = Timer.builder("foyer.loop.lag")
                .description("How late event loops get to what they are asked, twice a second each")
                .serviceLevelObjectives(LAG_BOUNDS)
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        bindRooms(rooms);
        bindSignals(rooms.counters());
        bindMedia();
        bindSocketIo(socketIo);
        LimitMetrics.bind(registry, limits, lateConnections);
        new StreamMetrics(() -> media.quality()).bindTo(registry);
        registry.getPrometheusRegistry()
                .register(new SwitchTimesCollector(rooms.counters().switchTimes()));
        new PauseMetrics().bindTo(registry);
    }

    /** An event loop was late. Any thread. */
    void late(long nanos) {
        loopLag.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Looks at the counters that gauges are made of; to be called once or twice a second by one thread. */
    void sample() {
        MediaCounters now = mediaPlane.counters();
        long nowNanos = System.nanoTime();
        received.sample(now.bytesReceived(), nowNanos);
        sent.sample(now.bytesSent(), nowNanos);
    }

    /** All metrics in Prometheus' text format. */
    String text() {
        media = mediaPlane.counters();
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private void bindRooms(Rooms rooms) {
        for (TopologyMode mode : TopologyMode.values()) {
            Gauge.builder("foyer.rooms", rooms, all -> count(all, mode))
                    .description("Rooms open now, by where their media runs")
                    .tag("mode", mode.toString())
                    .register(registry);
        }
        Gauge.builder("foyer.participants", rooms, Rooms::participantCount)
                .description("Participants in all rooms")
                .register(registry);
        FunctionCounter.builder("foyer.rooms.opened", rooms.counters(), RoomCounters::roomsOpened)
                .description("Rooms opened")
                .register(registry);
        FunctionCounter.builder("foyer.rooms.refused", rooms.counters(), RoomCounters::roomsRefused)
                .description("Rooms that were not made because there are too many")
                .register(registry);
        FunctionCounter.builder("foyer.holdings.refused", rooms.counters(), RoomCounters::holdingsRefused)
                .description("Transports, producers and consumers that were not made because there are too many")
                .register(registry);
        FunctionCounter.builder("foyer.publish.limited", rooms.counters(), RoomCounters::publishLimited)
                .description("Producers paused because too much was published")
                .register(registry);
        for (TopologyMode mode : TopologyMode.values()) {
            for (TopologyReason reason : TopologyReason.values()) {
                FunctionCounter.builder(
                                "foyer.topology.changes", rooms.counters(), counters -> counters.changes(mode, reason))
                        .description("Changes of a room's topology, by where its media was to run and why")
                        .tags("mode", mode.toString(), "reason", reason.toString())
                        .register(registry);
            }
        }
    }

    private void bindSignals(RoomCounters counters) {
        for (Dialect dialect : Dialect.values()) {
            for (SignalKind kind : SignalKind.values()) {
                for (SignalOutcome outcome : SignalOutcome.values()) {
                    FunctionCounter.builder("foyer.signals", counters, all -> all.signals(dialect, kind, outcome))
                            .description("Offers, answers and candidates of plain clients, by what became of them")
                            .tags("dialect", dialect.toString(), "kind", kind.toString(), "outcome", outcome.toString())
                            .register(registry);
                }
            }
        }
        FunctionCounter.builder("foyer.signals.cross.room", counters, RoomCounters::crossRoomRefusals)
                .description("Offers, answers and candidates for a room that their sender has no seat in")
                .register(registry);
    }

    private void bindMedia() {
        Gauge.builder("foyer.workers", mediaPlane, VertxMediaPlane::workers)
                .description("SFU verticles that run")
                .register(registry);
        bitrate("in", received);
        bitrate("out", sent);
        for (RecordComponent counter : MediaCounters.class.getRecordComponents()) {
            if (counter.getType() != long.class) {
                continue;
            }
            FunctionCounter.builder("foyer.media." + words(counter.getName()), this, self -> self.read(counter))
                    .register(registry);
        }
    }

    private void bitrate(String direction, BitrateGauge gauge) {
        Gauge.builder("foyer.media.bitrate", gauge, BitrateGauge::bitrateBps)
                .description("Bits per second of media, of late")
                .baseUnit("bps")
                .tag("direction", direction)
                .register(registry);
    }

    private void bindSocketIo(SocketIoServer socketIo) {
        Gauge.builder("foyer.socketio.connections", socketIo, SocketIoServer::connections)
                .description("Open Engine.IO connections")
                .register(registry);
        Map<String, ToDoubleFunction<SocketIoCounters>> counters = Map.of(
                "refused.requests", SocketIoCounters::refusedRequests,
                "protocol.errors", SocketIoCounters::protocolErrors,
                "ping.timeouts", SocketIoCounters::pingTimeouts,
                "slow.readers", SocketIoCounters::slowReaders,
                "rate.limited.events", SocketIoCounters::rateLimitedEvents,
                "floods", SocketIoCounters::floods,
                "recoveries", SocketIoCounters::recoveries,
                "lossy.returns", SocketIoCounters::lossyReturns);
        counters.forEach((name, count) -> FunctionCounter.builder("foyer.socketio." + name, socketIo.counters(), count)
                .register(registry));
    }

    private double read(RecordComponent counter) {
        try {
            return ((Number) counter.getAccessor().invoke(media)).doubleValue();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("counters are public numbers", e);
        }
    }

    /** {@code bytesSent} as {@code bytes.sent}, which the registry writes as Prometheus wants it. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    }

    private static double count(Rooms rooms, TopologyMode mode) {
        int count = 0;
        for (RoomSummary room : rooms.summaries()) {
            if (room.mode() == mode) {
                count++;
            }
        }
        return count;
    }
}
