package dev.foyer.app;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * How long garbage collection has stopped the process, from the start on: Micrometer's own meters come into being with
 * the first collection of their kind, too late for an alert on their absence.
 */
final class PauseMetrics implements MeterBinder {
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            // ZGC has two beans a generation: the other counts cycles, during which the process goes on.
            .filter(bean -> !bean.getName().endsWith("Cycles"))
            .toList();

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionTimer.builder(
                        "foyer.gc.pause",
                        this,
                        self -> self.sum(GarbageCollectorMXBean::getCollectionCount),
                        self -> self.sum(GarbageCollectorMXBean::getCollectionTime),
                        TimeUnit.MILLISECONDS)
                .description("Pauses of the process for garbage collection")
                .register(registry);
    }

    private long sum(ToLongFunction<GarbageCollectorMXBean> figure) {
        return collectors.stream().mapToLong(figure).filter(value -> value > 0).sum();
    }
}
