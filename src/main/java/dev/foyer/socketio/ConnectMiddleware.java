package dev.foyer.socketio;

import java.util.concurrent.CompletionStage;

/** Decides who may enter a namespace, for instance by the token in the {@code auth} object. */
@FunctionalInterface
public interface ConnectMiddleware {
    /**
     * Called on the session's context. A client that resumes its own session on this server is not asked again.
     *
     * @return completed on any thread; a failed stage is answered with the message {@code "Internal error"}
     */
    CompletionStage<ConnectDecision> decide(Handshake handshake);
}
