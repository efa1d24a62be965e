package dev.foyer.app;

import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Identity;
import dev.foyer.auth.Verdict;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.socketio.ConnectDecision;
import dev.foyer.socketio.ConnectMiddleware;
import dev.foyer.socketio.Handshake;
import dev.foyer.socketio.Socket;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets sockets in by their token. It is read from {@code auth.token} of the CONNECT packet, else from {@code ?token=} of
 * the connection's URL, else from its {@code Authorization} header: some clients in the field can set only one of them.
 */
final class SocketAdmission implements ConnectMiddleware {
    private final Authenticator authenticator;
    private final String namespace;

    /**
     * @param namespace whose guests they are who have no token
     */
    SocketAdmission(Authenticator authenticator, String namespace) {
        this.authenticator = authenticator;
        this.namespace = namespace;
    }

    @Override
    public CompletionStage<ConnectDecision> decide(Handshake handshake) {
        return authenticator.admit(token(handshake), namespace).thenApply(verdict -> switch (verdict) {
            case Verdict.Admitted(Identity identity) -> ConnectDecision.accept(identity);
            case Verdict.Refused(Verdict.Reason reason)
            when reason == Verdict.Reason.EXPIRED_TOKEN ->
                new ConnectDecision.Reject("unauthorized", Map.of("code", RoomErrorCode.TOKEN_EXPIRED.name()));
            case Verdict.Refused _ -> ConnectDecision.reject("unauthorized");
        });
    }

    /** Whom a socket that was let in speaks for. Asked before anything else is attached to it. */
    static Identity identity(Socket socket) {
        return socket.attachment() instanceof Identity identity ? identity : Identity.guest();
    }

    private static @Nullable String token(Handshake handshake) {
        if (handshake.auth().get("token") instanceof String token && !token.isBlank()) {
            return token;
        }
        String inQuery = handshake.query().get("token");
        return inQuery != null && !inQuery.isBlank()
                ? inQuery
                : Authenticator.bearerToken(handshake.headers().get("authorization"));
    }
}
