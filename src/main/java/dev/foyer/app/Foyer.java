package dev.foyer.app;

import com.sun.management.OperatingSystemMXBean;
import dev.foyer.auth.TokenMint;
import dev.foyer.dialect.EventRouter;
import dev.foyer.dialect.Protocol;
import dev.foyer.dialect.SocketDialects;
import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.guide.GuideDialect;
import dev.foyer.dialect.mediasoup.MediasoupDialect;
import dev.foyer.dialect.signaling.SignalingDialect;
import dev.foyer.dialect.webrtc.WebRtcDialect;
import dev.foyer.http.ApiServices;
import dev.foyer.http.ConnectionGuard;
import dev.foyer.http.FoyerRouter;
import dev.foyer.http.HttpSettings;
import dev.foyer.http.OriginPolicy;
import dev.foyer.http.RequestLimits;
import dev.foyer.http.ServerStatus;
import dev.foyer.http.TrustedProxies;
import dev.foyer.http.WebClientFiles;
import dev.foyer.http.WhipSessions;
import dev.foyer.limit.Limits;
import dev.foyer.media.VertxMediaPlane;
import dev.foyer.room.Dialect;
import dev.foyer.room.Drain;
import dev.foyer.room.InMemoryRoomDirectory;
import dev.foyer.room.Rooms;
import dev.foyer.socketio.AccessOptions;
import dev.foyer.socketio.Handshake;
import dev.foyer.socketio.RecoveryOptions;
import dev.foyer.socketio.SocketIoOptions;
import dev.foyer.socketio.SocketIoServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running server: everything is put together here, and nowhere else.
 *
 * <p>Safe for use from any thread.
 */
public final class Foyer {
    private static final String NODE = "local";
    private static final int IDLE_SECONDS = 75;
    private static final String CLOSE_REASON = "shutdown";
    /** Where all dialects but {@code signaling} are spoken; some clients of {@code mediasoup} expect the second. */
    private static final List<String> MAIN_NAMESPACES = List.of("/", "/ws");

    private static final String SIGNALING = "/signaling";

    /** The namespaces that have guests of their own, by the names under which they are configured. */
    static final Set<String> NAMESPACES = Set.of(MAIN_NAMESPACES.getFirst(), SIGNALING);

    private final Vertx vertx;
    private final List<SignalingVerticle> verticles;
    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final VertxMediaPlane mediaPlane;
    private final Rooms rooms;
    private final SocketIoServer socketIo;
    private final WhipSessions whipSessions;
    private final Hooks hooks;
    private final Entrance entrance;
    private final Https https;
    private final Limits limits;
    private final TrustedProxies proxies;
    private final LongAdder lateConnections = new LongAdder();
    private final Metrics metrics;
    private final Vitals vitals;
    private final HttpServerOptions options;
    private volatile boolean draining;
    private volatile List<Integer> ports = List.of();

    private Foyer(
            Vertx vertx,
            List<SignalingVerticle> verticles,
            Settings settings,
            VertxMediaPlane mediaPlane,
            Hooks hooks,
            LongSupplier nanoTime) {
        this.vertx = vertx;
        this.verticles = verticles;
        this.settings = settings;
        this.mediaPlane = mediaPlane;
        this.hooks = hooks;
        this.limits = new Limits(settings.limits().use(), nanoTime, new SecureRandom());
        this.proxies = new TrustedProxies(settings.limits().trustedProxies());
        EventRouter events = new EventRouter();
        this.rooms = new Rooms(
                NODE,
                verticles.stream().map(SignalingVerticle::roomLoop).toList(),
                new InMemoryRoomDirectory(),
                mediaPlane,
                new TurnCredentials(settings.turn(), clock),
                events,
                settings.rooms(),
                new SecureRandom(),
                hooks.observer());
        this.socketIo = new SocketIoServer(vertx, socketIoOptions());
        this.entrance = new Entrance(settings.auth(), clock);
        this.https = new Https(vertx, settings.tls(), this::secure);
        this.options = ConnectionGuard.configure(
                socketIo.configure(new HttpServerOptions()
                        .setHost(settings.http().host())
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)),
                settings.limits().connections());
        this.metrics = new Metrics(rooms, mediaPlane, socketIo, limits, lateConnections);
        this.vitals = Vitals.watch(
                verticles.stream().map(SignalingVerticle::loop).toList(), mediaPlane, metrics::late, metrics::sample);
        serve(
                MAIN_NAMESPACES,
                List.of(
                        CallDialect.PROTOCOL,
                        MediasoupDialect.PROTOCOL,
                        new WebRtcDialect(clock),
                        GuideDialect.PROTOCOL),
                events);
        serve(List.of(SIGNALING), List.of(SignalingDialect.PROTOCOL), events);
        this.whipSessions = new WhipSessions(rooms, new SecureRandom());
        events.route(Dialect.WHIP, whipSessions);
    }

    /**
     * Starts a server.
     *
     * @return the server once it listens; fails with a {@link ListenException} where a port is taken, and with a
     *     {@link SettingsException} where files that are configured are not good
     */
    public static CompletionStage<Foyer> start(Settings settings) {
        return start(settings, System::nanoTime);
    }

    /** As {@link #start(Settings)}, with limits that run by another clock, in nanoseconds. */
    static CompletionStage<Foyer> start(Settings settings, LongSupplier nanoTime) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        // By way of a stage: what follows is bound to no event loop, and is told of a failed start when they are gone.
        return Future.fromCompletionStage(
                        vertx.executeBlocking(() -> AddressDiscovery.settle(settings.media(), AddressDiscovery.LIMIT))
                                .toCompletionStage())
                .compose(media ->
                        Future.fromCompletionStage(VertxMediaPlane.start(vertx, Objects.requireNonNull(media))))
                .compose(mediaPlane -> deploy(vertx)
                        .compose(verticles -> Hooks.start(
                                        vertx,
                                        settings.webhooks(),
                                        verticles.getFirst().roomLoop(),
                                        InstantSource.system())
                                .map(hooks -> new Foyer(vertx, verticles, settings, mediaPlane, hooks, nanoTime))))
                .compose(foyer ->
                        foyer.entrance.prepare().compose(_ -> foyer.listen()).map(foyer))
                .recover(failure -> vertx.close().transform(_ -> Future.failedFuture(failure)))
                .toCompletionStage();
    }

    /** The TCP ports that it listens on, in the order of the settings. */
    public List<Integer> ports() {
        return ports;
    }

    /** Its rooms. */
    public Rooms rooms() {
        return rooms;
    }

    /** Its SFU. */
    public VertxMediaPlane mediaPlane() {
        return mediaPlane;
    }

    /** What it serves HTTPS with. */
    Https https() {
        return https;
    }

    /** Tells every client that its room is closed, then lets go of everything. */
    public CompletionStage<Void> close() {
        draining = true;
        return Future.fromCompletionStage(rooms.closeAll(CLOSE_REASON))
                .eventually(socketIo::close)
                .eventually(hooks::close)
                .eventually(() -> Future.fromCompletionStage(mediaPlane.close()))
                .eventually(() -> {
                    vitals.close();
                    metrics.close();
                    return vertx.close();
                })
                .toCompletionStage();
    }

    private void serve(List<String> namespaces, List<Protocol> protocols, EventRouter events) {
        SocketDialects dialects = new SocketDialects(
                        rooms, SocketAdmission::identity, protocols, entrance.tokens(), limits)
                .routedBy(events);
        LimitedAdmission admission =
                new LimitedAdmission(new SocketAdmission(entrance.authenticator(), namespaces.getFirst()), limits);
        for (String namespace : namespaces) {
            socketIo.of(namespace).middleware(admission).onConnection(dialects::connected);
        }
    }

    private Future<Void> listen() {
        Drain drain = new Drain(rooms, verticles.getFirst().roomLoop(), () -> draining = true);
        FoyerRouter router = new FoyerRouter(
                vertx,
                settings.http(),
                entrance.authenticator(),
                new RequestLimits(limits, proxies),
                new Status(),
                rooms,
                WebClientFiles.built(),
                whipSessions,
                clock,
                socketIo::handle);
        var _ = router.withApi(entrance.authenticator(), rooms, new ApiServices(drain, mint(), hooks::counts));
        UnaryOperator<HttpServer> guard = server -> ConnectionGuard.guard(
                server, vertx, settings.limits().connections(), limits, proxies, router, lateConnections);
        entrance.watch(vertx, whipSessions);
        return https.secured(options).compose(secured -> listen(secured, guard)).onSuccess(_ -> https.follow());
    }

    private Future<Void> listen(HttpServerOptions secured, UnaryOperator<HttpServer> guard) {
        List<Integer> wanted = sharedPorts(settings.http());
        SignalingVerticle first = verticles.getFirst();
        return first.listen(secured, wanted, guard)
                .compose(_ -> {
                    ports = first.actualPorts();
                    return Future.all(verticles.stream()
                            .skip(1)
                            .map(other -> other.listen(secured, wanted, guard))
                            .toList());
                })
                .mapEmpty();
    }

    private Future<?> secure(KeyCertOptions certificate) {
        return Future.all(verticles.stream()
                .map(verticle -> verticle.secure(options, certificate))
                .toList());
    }

    private @Nullable TokenMint mint() {
        return settings.auth().secret() == null ? null : new TokenMint(settings.auth(), clock);
    }

    private static Future<List<SignalingVerticle>> deploy(Vertx vertx) {
        List<SignalingVerticle> verticles = new ArrayList<>();
        List<Future<String>> deployed = new ArrayList<>();
        for (int i = 0; i < signalingLoops(); i++) {
            SignalingVerticle verticle = new SignalingVerticle();
            verticles.add(verticle);
            deployed.add(vertx.deployVerticle(verticle));
        }
        return Future.all(deployed).map(List.copyOf(verticles));
    }

    /** Vert.x shares a free port between servers that ask for the same negative number. */
    private static List<Integer> sharedPorts(HttpSettings http) {
        List<Integer> ports = new ArrayList<>();
        for (int port : http.ports()) {
            ports.add(port == 0 ? -1 - ports.size() : port);
        }
        return List.copyOf(ports);
    }

    /** A socket waits for its client as long as the room keeps the seat. */
    private SocketIoOptions socketIoOptions() {
        SocketIoOptions defaults = SocketIoOptions.defaults();
        RecoveryOptions recovery = defaults.recovery();
        return defaults.withAccess(new AccessOptions(
                        new OriginPolicy(settings.http()),
                        proxies::clientAddress,
                        proxies::secure,
                        new AddressGate(limits)))
                .withLimits(settings.limits().socket())
                .withRecovery(new RecoveryOptions(
                        settings.rooms().recoveryWindow(),
                        recovery.maxPackets(),
                        recovery.maxBytes(),
                        Foyer::takesOffsets));
    }

    /** The Dart client's users of that namespace may come through a browser's WebSocket and look like any other. */
    private static boolean takesOffsets(Handshake handshake) {
        return !handshake.namespace().equals(SIGNALING) && RecoveryOptions.takesOffsets(handshake);
    }

    /**
     * Half as many as cores: a core's worth of signaling is far more than a machine has media for, and each further loop
     * makes more messages change threads on their way.
     */
    private static int signalingLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private final class Status implements ServerStatus {
        @Override
        public boolean healthy() {
            return !draining && mediaPlane.workers() > 0;
        }

        @Override
        public boolean live() {
            return vitals.live();
        }

        @Override
        public int rooms() {
            return rooms.roomCount();
        }

        @Override
        public int peers() {
            return rooms.participantCount();
        }

        @Override
        public int workers() {
            return mediaPlane.workers();
        }

        @Override
        public ServerProcess process() {
            Runtime runtime = Runtime.getRuntime();
            double load = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getProcessCpuLoad();
            return new ServerProcess(
                    ProcessHandle.current().pid(),
                    load > 0 ? load : 0,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }

        @Override
        public String metrics() {
            return metrics.text();
        }
    }
}
