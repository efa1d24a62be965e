package dev.foyer.app;

import com.sun.management.OperatingSystemMXBean;
import dev.foyer.dialect.EventRouter;
import dev.foyer.dialect.Protocol;
import dev.foyer.dialect.SocketDialects;
import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.guide.GuideDialect;
import dev.foyer.dialect.mediasoup.MediasoupDialect;
import dev.foyer.dialect.signaling.SignalingDialect;
import dev.foyer.dialect.webrtc.WebRtcDialect;
import dev.foyer.http.FoyerRouter;
import dev.foyer.http.HttpSettings;
import dev.foyer.http.OriginPolicy;
import dev.foyer.http.ServerStatus;
import dev.foyer.http.WebClientFiles;
import dev.foyer.http.WhipSessions;
import dev.foyer.media.VertxMediaPlane;
import dev.foyer.room.Dialect;
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
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

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
    private final Entrance entrance;
    private final Https https;
    private final Metrics metrics;
    private final Vitals vitals;
    private volatile boolean draining;
    private volatile List<Integer> ports = List.of();

    private Foyer(Vertx vertx, List<SignalingVerticle> verticles, Settings settings, VertxMediaPlane mediaPlane) {
        this.vertx = vertx;
        this.verticles = verticles;
        this.settings = settings;
        this.mediaPlane = mediaPlane;
        EventRouter events = new EventRouter();
        this.rooms = new Rooms(
                NODE,
                verticles.stream().map(SignalingVerticle::roomLoop).toList(),
                new InMemoryRoomDirectory(),
                mediaPlane,
                new TurnCredentials(settings.turn(), clock),
                events,
                settings.rooms());
        this.socketIo = new SocketIoServer(vertx, socketIoOptions(settings));
        this.entrance = new Entrance(settings.auth(), clock);
        this.https = new Https(vertx, settings.tls());
        this.metrics = new Metrics(rooms, mediaPlane, socketIo);
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
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        return vertx.executeBlocking(() -> AddressDiscovery.settle(settings.media(), AddressDiscovery.LIMIT))
                .compose(media ->
                        Future.fromCompletionStage(VertxMediaPlane.start(vertx, Objects.requireNonNull(media))))
                .compose(
                        mediaPlane -> deploy(vertx).map(verticles -> new Foyer(vertx, verticles, settings, mediaPlane)))
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

    /** Tells every client that its room is closed, then lets go of everything. */
    public CompletionStage<Void> close() {
        draining = true;
        return Future.fromCompletionStage(rooms.closeAll(CLOSE_REASON))
                .eventually(socketIo::close)
                .eventually(() -> Future.fromCompletionStage(mediaPlane.close()))
                .eventually(() -> {
                    vitals.close();
                    metrics.close();
                    return vertx.close();
                })
                .toCompletionStage();
    }

    private void serve(List<String> namespaces, List<Protocol> protocols, EventRouter events) {
        SocketDialects dialects =
                new SocketDialects(rooms, SocketAdmission::identity, protocols, entrance.tokens()).routedBy(events);
        SocketAdmission admission = new SocketAdmission(entrance.authenticator(), namespaces.getFirst());
        for (String namespace : namespaces) {
            socketIo.of(namespace).middleware(admission).onConnection(dialects::connected);
        }
    }

    private Future<Void> listen() {
        FoyerRouter router = new FoyerRouter(
                vertx,
                settings.http(),
                entrance.authenticator(),
                new Status(),
                rooms,
                WebClientFiles.built(),
                whipSessions,
                clock,
                socketIo::handle);
        HttpServerOptions options = socketIo.configure(new HttpServerOptions()
                .setHost(settings.http().host())
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
        entrance.watch(vertx, whipSessions);
        return https.secured(options)
                .compose(secured -> listen(secured, router))
                .onSuccess(_ -> https.follow(options, this::secure));
    }

    private Future<Void> listen(HttpServerOptions options, FoyerRouter router) {
        List<Integer> wanted = sharedPorts(settings.http());
        SignalingVerticle first = verticles.getFirst();
        return first.listen(options, wanted, router)
                .compose(_ -> {
                    ports = first.actualPorts();
                    return Future.all(verticles.stream()
                            .skip(1)
                            .map(other -> other.listen(options, wanted, router))
                            .toList());
                })
                .mapEmpty();
    }

    private Future<?> secure(ServerSSLOptions options) {
        return Future.all(
                verticles.stream().map(verticle -> verticle.secure(options)).toList());
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
    private static SocketIoOptions socketIoOptions(Settings settings) {
        SocketIoOptions defaults = SocketIoOptions.defaults();
        RecoveryOptions recovery = defaults.recovery();
        return defaults.withAccess(new AccessOptions(new OriginPolicy(settings.http()), AccessOptions::peer))
                .withLimits(settings.limits())
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
