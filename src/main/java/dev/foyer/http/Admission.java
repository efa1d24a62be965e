package dev.foyer.http;

import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Identity;
import dev.foyer.auth.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request pass by its bearer token, or ends it with 401, or with 429 when its user asks too much. Put it before whatever reads the body: the request is
 * held while the token is checked.
 */
final class Admission implements Handler<RoutingContext> {
    private static final String IDENTITY = Admission.class.getName();

    private final Authenticator authenticator;
    private final RequestLimits limits;
    private final BiConsumer<HttpServerResponse, HttpError> refusal;

    Admission(Authenticator authenticator, RequestLimits limits) {
        this(authenticator, limits, (response, error) -> error.end(response));
    }

    /** @param refusal ends a response with an error, in the words of whatever is behind this */
    Admission(Authenticator authenticator, RequestLimits limits, BiConsumer<HttpServerResponse, HttpError> refusal) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.refusal = refusal;
    }

    /** Whom a request that passed speaks for. */
    static Identity identity(RoutingContext context) {
        return context.get(IDENTITY) instanceof Identity identity ? identity : Identity.guest();
    }

    @Override
    public void handle(RoutingContext context) {
        String token = Authenticator.bearerToken(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        CompletionStage<Verdict> verdict = authenticator.admit(token);
        // Nearly always there at once; the keys of tokens come on another thread.
        Context loop = context.vertx().getOrCreateContext();
        context.request().pause();
        var _ = verdict.whenComplete((come, failure) -> {
            if (loop.equals(Vertx.currentContext())) {
                admit(context, come, failure);
            } else {
                loop.runOnContext(_ -> admit(context, come, failure));
            }
        });
    }

    private void admit(RoutingContext context, @Nullable Verdict verdict, @Nullable Throwable failure) {
        context.request().resume();
        switch (verdict) {
            case null -> context.fail(failure);
            case Verdict.Admitted(Identity identity) -> {
                context.put(IDENTITY, identity);
                if (limits.admit(context, identity)) {
                    context.next();
                }
            }
            case Verdict.Refused(Verdict.Reason reason)
            when reason == Verdict.Reason.EXPIRED_TOKEN -> refusal.accept(context.response(), HttpError.TOKEN_EXPIRED);
            case Verdict.Refused _ -> refusal.accept(context.response(), HttpError.UNAUTHORIZED);
        }
    }
}
