package dev.foyer.app;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How media reaches the server. Each SFU verticle takes one UDP port of the range.
 *
 * @param listen address to receive media on; null for every address
 * @param announced address that clients are told instead, where the machine does not know its public one
 * @param workers how many SFU verticles run
 * @param leastPort first UDP port to try; 0 takes any free port
 * @param mostPort last UDP port to try
 */
public record RtcSettings(
        @Nullable InetAddress listen, @Nullable InetAddress announced, int workers, int leastPort, int mostPort) {
    private static final int LEAST_PORT = 40_000;
    private static final int MOST_PORT = 40_100;

    /**
     * Reads the settings.
     *
     * @param loopback whether the server as a whole is for this machine alone; media then is, too, unless told otherwise
     */
    static RtcSettings from(Variables variables, boolean loopback) {
        int least = variables.integer("RTC_MIN_PORT", LEAST_PORT, 0, 65_535);
        int most = variables.integer("RTC_MAX_PORT", Math.max(least, MOST_PORT), 0, 65_535);
        int workers = variables.integer(
                "MEDIASOUP_WORKERS", Runtime.getRuntime().availableProcessors(), 1, 256);
        if (least > most) {
            throw variables.wrong("RTC_MAX_PORT", "a port from RTC_MIN_PORT (%d) to 65535".formatted(least));
        }
        if (least > 0 && most - least + 1 < workers) {
            throw new SettingsException("RTC_MIN_PORT %d to RTC_MAX_PORT %d are fewer ports than the %d workers need"
                    .formatted(least, most, workers));
        }
        @Nullable InetAddress listen = variables.address("MEDIASOUP_LISTEN_IP");
        return new RtcSettings(
                listen == null && loopback ? InetAddress.ofLiteral("127.0.0.1") : listen,
                variables.address(variables.either("ANNOUNCED_IP", "MEDIASOUP_ANNOUNCED_IP")),
                workers,
                least,
                most);
    }
}
