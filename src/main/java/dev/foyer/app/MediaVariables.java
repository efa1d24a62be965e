package dev.foyer.app;

import dev.foyer.media.MediaSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Reads how media reaches the server. */
final class MediaVariables {
    private static final int MOST_WORKERS = 256;

    private MediaVariables() {}

    /**
     * Reads the settings.
     *
     * @param loopback whether the server is for this machine alone; its media then is, too, unless told where to
     *     listen; it is taken on all interfaces all the same, because Firefox never sends to the loopback
     */
    static MediaSettings read(Variables variables, boolean loopback) {
        int leastPort = variables.integer("RTC_MIN_PORT", MediaSettings.DEFAULT_MIN_PORT, 1, 65_535);
        int span = MediaSettings.DEFAULT_MAX_PORT - MediaSettings.DEFAULT_MIN_PORT;
        int mostPort = variables.integer("RTC_MAX_PORT", Math.min(leastPort + span, 65_535), 1, 65_535);
        int workers =
                variables.integer("MEDIASOUP_WORKERS", Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
        if (mostPort < leastPort) {
            throw variables.wrong("RTC_MAX_PORT", "a port from RTC_MIN_PORT (%d) to 65535".formatted(leastPort));
        }
        if (mostPort - leastPort + 1 < workers) {
            throw new SettingsException("RTC_MIN_PORT %d to RTC_MAX_PORT %d are fewer ports than %d workers need"
                    .formatted(leastPort, mostPort, workers));
        }
        List<InetAddress> listen = variables.addresses("MEDIASOUP_LISTEN_IP");
        return new MediaSettings(
                listen.isEmpty()
                        ? List.of(everyAddress())
                        : listen.stream()
                                .map(InetAddress::getHostAddress)
                                .distinct()
                                .toList(),
                AnnouncementVariables.read(variables),
                leastPort,
                mostPort,
                variables.flag("ICE_TCP", true),
                workers,
                loopback,
                loopback && listen.isEmpty(),
                MediaSettings.DEFAULT_SOCKET_BUFFER_BYTES,
                LimitVariables.router(variables));
    }

    /** Both protocols where the machine has IPv6, else a socket of IPv4 alone: {@code ::} cannot be bound there. */
    private static String everyAddress() {
        try {
            boolean ipv6 = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(Inet6Address.class::isInstance);
            return ipv6 ? "::" : "0.0.0.0";
        } catch (SocketException _) {
            return "0.0.0.0";
        }
    }
}
