package dev.foyer.app;

import dev.foyer.media.StreamQuality;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How well streams arrive: loss, jitter, and what was asked for again. */
final class StreamMetrics implements MeterBinder {
    private final Supplier<StreamQuality> quality;

    /** Makes them. The figures are asked for with every scrape. */
    StreamMetrics(Supplier<StreamQuality> quality) {
        this.quality = quality;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        requests(registry, "nack", "sent", StreamQuality::nacksSent);
        requests(registry, "nack", "received", StreamQuality::nacksReceived);
        requests(registry, "key-frame", "sent", StreamQuality::keyFrameRequestsSent);
        requests(registry, "key-frame", "received", StreamQuality::keyFrameRequestsReceived);
        count(
                registry,
                "foyer.media.rtp.lost",
                "RTP packets that were missing when their stream was reported",
                StreamQuality::rtpLost);
        FunctionTimer.builder(
                        "foyer.media.jitter",
                        this,
                        self -> self.quality.get().jitterReports(),
                        self -> self.quality.get().jitterNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Interarrival jitter of received streams, once a report")
                .register(registry);
        count(
                registry,
                "foyer.media.remote.loss",
                "Sum of the shares of packets, 0 to 1, that clients reported missing",
                quality -> quality.lossReported256ths() / 256.0);
        count(
                registry,
                "foyer.media.remote.reports",
                "Reports of clients on the streams that they receive",
                StreamQuality::lossReports);
    }

    private void requests(
            MeterRegistry registry, String kind, String direction, ToDoubleFunction<StreamQuality> count) {
        FunctionCounter.builder("foyer.media.feedback", this, self -> count.applyAsDouble(self.quality.get()))
                .description("Requests for packets (NACK) and for key frames (PLI, FIR)")
                .tags("kind", kind, "direction", direction)
                .register(registry);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<StreamQuality> count) {
        FunctionCounter.builder(name, this, self -> count.applyAsDouble(self.quality.get()))
                .description(description)
                .register(registry);
    }
}
