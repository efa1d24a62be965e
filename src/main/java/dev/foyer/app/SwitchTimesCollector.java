package dev.foyer.app;

import dev.foyer.room.DurationHistogram;
import dev.foyer.room.SwitchTimes;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;

/** Shows Prometheus how long changes of topology took. */
final class SwitchTimesCollector implements Collector {
    static final String NAME = "foyer_topology_switch_seconds";

    private final SwitchTimes times;

    SwitchTimesCollector(SwitchTimes times) {
        this.times = times;
    }

    @Override
    public MetricSnapshot collect() {
        HistogramSnapshot.Builder snapshot = HistogramSnapshot.builder()
                .name(NAME)
                .help("Time from the announcement of a change of topology until everybody had the new path");
        for (Map.Entry<SwitchTimes.Key, DurationHistogram> entry :
                times.switches().entrySet()) {
            SwitchTimes.Key key = entry.getKey();
            DurationHistogram histogram = entry.getValue();
            snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(Labels.of(
                            "mode",
                            key.mode().toString(),
                            "reason",
                            key.reason().toString()))
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(histogram.boundsSeconds(), histogram.counts()))
                    .sum(histogram.sumSeconds())
                    .build());
        }
        return snapshot.build();
    }
}
