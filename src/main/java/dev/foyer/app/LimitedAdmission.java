package dev.foyer.app;

import dev.foyer.auth.Identity;
import dev.foyer.limit.LimitKind;
import dev.foyer.limit.Limits;
import dev.foyer.limit.OpenKind;
import dev.foyer.limit.Subject;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.socketio.ConnectDecision;
import dev.foyer.socketio.ConnectMiddleware;
import dev.foyer.socketio.Handshake;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Refuses users who connect too often or have too many sockets, once it is known who they are. */
final class LimitedAdmission implements ConnectMiddleware {
    private final ConnectMiddleware admission;
    private final Limits limits;

    /** Asks {@code admission} first, whose attachment is an {@link Identity}. */
    LimitedAdmission(ConnectMiddleware admission, Limits limits) {
        this.admission = admission;
        this.limits = limits;
    }

    @Override
    public CompletionStage<ConnectDecision> decide(Handshake handshake) {
        return admission.decide(handshake).thenApply(decision -> {
            if (decision instanceof ConnectDecision.Accept accepted
                    && accepted.attachment() instanceof Identity identity) {
                Subject user = Subject.user(identity.userId());
                long wait = limits.isFull(OpenKind.SOCKETS, user)
                        ? Limits.OPEN_RETRY_MILLIS
                        : limits.take(LimitKind.CONNECTIONS, user);
                if (wait > 0) {
                    String code = RoomErrorCode.RATE_LIMITED.name();
                    return new ConnectDecision.Reject(
                            "Too many connections", Map.of("code", code, "retryAfterMs", wait));
                }
            }
            return decision;
        });
    }
}
