package dev.foyer.http;

import dev.foyer.auth.Authenticator;
import dev.foyer.auth.Identity;
import dev.foyer.auth.Verdict;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets a request pass by its bearer token, or ends it with 401, or with 429 when its user asks too much. Put it before whatever reads the body: the request is
 * held while the token is checked.
 */
final class Admission implements Handler<RoutingContext> {
    private static final String IDENTITY = Admission.class.getName();

    private final Authenticator authenticator;
    private final RequestLimits limits;

    Admission(Authenticator authenticator, RequestLimits limits) {
        this.authenticator = authenticator;
        this.limits = limits;
    }

    /** Whom a request that passed speaks for. */
    static Identity identity(RoutingContext context) {
        return context.get(IDENTITY) instanceof Identity identity ? identity : Identity.guest();
    }

    @Override
    public void handle(RoutingContext context) {
        String token = Authenticator.bearerToken(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        context.request().pause();
        var _ = authenticator.admit(token).whenComplete((verdict, failure) -> {
            context.request().resume();
            if (verdict instanceof Verdict.Admitted(Identity identity)) {
                context.put(IDENTITY, identity);
                if (limits.admit(context, identity)) {
                    context.next();
                }
            } else if (failure == null) {
                HttpError.UNAUTHORIZED.end(context.response());
            } else {
                context.fail(failure);
            }
        });
    }
}
