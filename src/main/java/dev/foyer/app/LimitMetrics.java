package dev.foyer.app;

import dev.foyer.limit.LimitKind;
import dev.foyer.limit.LimitScope;
import dev.foyer.limit.Limits;
import dev.foyer.limit.OpenKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What was refused for being too much, one counter a limit. */
final class LimitMetrics {
    private static final String NAME = "foyer.limits.refused";
    private static final String DESCRIPTION = "What was refused because somebody asked for too much";

    private LimitMetrics() {}

    static void bind(MeterRegistry registry, Limits limits, LongAdder lateConnections) {
        for (LimitKind kind : LimitKind.values()) {
            for (LimitScope scope : LimitScope.values()) {
                FunctionCounter.builder(NAME, limits, all -> all.refused(kind, scope))
                        .description(DESCRIPTION)
                        .tags("limit", kind.toString(), "scope", scope.toString())
                        .register(registry);
            }
        }
        for (OpenKind kind : OpenKind.values()) {
            FunctionCounter.builder(NAME, limits, all -> all.refused(kind))
                    .description(DESCRIPTION)
                    .tags("limit", kind.toString(), "scope", kind.scope().toString())
                    .register(registry);
        }
        FunctionCounter.builder("foyer.http.late.connections", lateConnections, LongAdder::sum)
                .description("HTTP connections closed because a head, a body or the next request took too long")
                .register(registry);
    }
}
