package dev.foyer.dialect;

import dev.foyer.auth.Identity;
import dev.foyer.limit.Limits;
import dev.foyer.room.Dialect;
import dev.foyer.room.EventSink;
import dev.foyer.room.Recipient;
import dev.foyer.room.RoomEvent;
import dev.foyer.room.Rooms;
import dev.foyer.socketio.Namespace;
import dev.foyer.socketio.Socket;
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
    private final Limits limits;
    private final Map<Dialect, Protocol> byDialect = new EnumMap<>(Dialect.class);
    private final ConcurrentMap<String, Client> clients = new ConcurrentHashMap<>();

    /** Dialects without limits; see the other constructor. */
    public SocketDialects(Rooms rooms, Function<Socket, Identity> identities, List<Protocol> protocols) {
        this(rooms, identities, protocols, Limits.none());
    }

    /**
     * @param rooms where participants meet
     * @param identities who a socket speaks for
     * @param protocols spoken here, no two with a message in common; the first one's way to refuse is used for messages
     *     that none of them knows
     * @param limits what a socket may ask for
     */
    public SocketDialects(Rooms rooms, Function<Socket, Identity> identities, List<Protocol> protocols, Limits limits) {
        this.rooms = rooms;
        this.identities = identities;
        this.protocols = List.copyOf(protocols);
        this.limits = limits;
        protocols.forEach(protocol -> byDialect.put(protocol.dialect(), protocol));
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
                gone -> clients.remove(socket.id(), gone));
        clients.put(socket.id(), client);
        socket.listener(client);
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

    Protocol first() {
        return protocols.getFirst();
    }
}
