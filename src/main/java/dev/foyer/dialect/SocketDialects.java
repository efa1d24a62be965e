package dev.foyer.dialect;

import dev.foyer.auth.AuthSettings;
import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Identity;
import dev.foyer.limit.Limits;
import dev.foyer.room.Dialect;
import dev.foyer.room.EventSink;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.Rooms;
import dev.foyer.socketio.Namespace;
import dev.foyer.socketio.Socket;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client protocols of one namespace: its sockets on one side, rooms on the other. A socket may speak all of them; each
 * message is of the protocol that knows its name. Made once for a namespace; safe for use from any thread.
 */
public final class SocketDialects implements EventSink {
    private final Rooms rooms;
    private final Function<Socket, Identity> identities;
    private final List<Protocol> protocols;
    private final TokenWatch tokens;
    private final Limits limits;
    private final Map<Dialect, Protocol> byDialect = new EnumMap<>(Dialect.class);
    private final ConcurrentMap<String, Client> clients = new ConcurrentHashMap<>();

    /**
     * @param rooms where participants meet
     * @param identities who a socket speaks for
     * @param protocols spoken here, no two with a message in common; the first one's way to refuse is used for messages
     *     that none of them knows
     * @param tokens told of the clients whose tokens will end
     * @param limits what a socket may ask for
     */
    public SocketDialects(
            Rooms rooms,
            Function<Socket, Identity> identities,
            List<Protocol> protocols,
            TokenWatch tokens,
            Limits limits) {
        this.rooms = rooms;
        this.tokens = tokens;
        this.identities = identities;
        this.protocols = List.copyOf(protocols);
        this.limits = limits;
        protocols.forEach(protocol -> byDialect.put(protocol.dialect(), protocol));
    }

    /** As above, without limits, for clients whose tokens nobody watches: none is told that it ends, and none can be renewed. */
    public SocketDialects(Rooms rooms, Function<Socket, Identity> identities, List<Protocol> protocols) {
        this(
                rooms,
                identities,
                protocols,
                new TokenWatch(
                        new Authenticator(AuthSettings.development(), InstantSource.system()),
                        AuthSettings.DEFAULT_EXPIRY_WARNING),
                Limits.none());
    }

    /** Has the events for participants of these protocols come here. */
    public SocketDialects routedBy(EventRouter router) {
        byDialect.keySet().forEach(dialect -> router.route(dialect, this));
        return this;
    }

    /** Serves a new socket: becomes its listener. Call it from {@link Namespace#onConnection}. */
    public void connected(Socket socket) {
        Identity identity = identities.apply(socket);
        Client client = new Client(
                socket,
                rooms,
                identity,
                this,
                new ClientLimits(limits, socket.handshake().remoteAddress(), identity),
                this::gone);
        clients.put(socket.id(), client);
        socket.listener(client);
        tokens.add(client);
    }

    @Override
    public void deliver(Recipient recipient, RoomEvent event) {
        Client client = clients.get(recipient.participantId());
        Protocol protocol = byDialect.get(recipient.dialect());
        if (client != null && protocol != null) {
            client.deliver(recipient.roomId(), protocol, event);
        }
    }

    /** The protocol that knows a message, or null. */
    @Nullable
    Protocol speaking(String event) {
        for (Protocol protocol : protocols) {
            if (protocol.request(event) != null) {
                return protocol;
            }
        }
        return null;
    }

    TokenWatch tokens() {
        return tokens;
    }

    private void gone(Client client) {
        clients.remove(client.socket().id(), client);
        tokens.remove(client);
    }

    Protocol first() {
        return protocols.getFirst();
    }
}
