package dev.foyer.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;

/**
 * What load balancers and supervisors ask, without a token: whether to send clients here ({@code /health},
 * {@code /health/ready}), and whether to restart the process ({@code /health/live}).
 */
final class HealthRoutes {
    private final InstantSource clock;

    private HealthRoutes(InstantSource clock) {
        this.clock = clock;
    }

    static void mount(Router router, ServerStatus status, InstantSource clock) {
        HealthRoutes routes = new HealthRoutes(clock);
        router.get("/health").handler(context -> routes.answer(context, status.healthy(), "healthy", "unhealthy"));
        router.get("/health/ready").handler(context -> routes.answer(context, status.healthy(), "ready", "not ready"));
        router.get("/health/live").handler(context -> routes.answer(context, status.live(), "live", "stuck"));
    }

    private void answer(RoutingContext context, boolean good, String yes, String no) {
        context.response().setStatusCode(good ? 200 : 503);
        FoyerRouter.json(
                context,
                new JsonObject()
                        .put("status", good ? yes : no)
                        .put("timestamp", clock.instant().toString())
                        .put("service", "webrtc"));
    }
}
