package dev.foyer.app;

import dev.foyer.http.AddressRange;
import dev.foyer.http.ConnectionSettings;
import dev.foyer.limit.LimitKind;
import dev.foyer.limit.LimitScope;
import dev.foyer.limit.LimitSettings;
import dev.foyer.limit.OpenKind;
import dev.foyer.limit.Rate;
import dev.foyer.room.ParticipantLimits;
import dev.foyer.room.PublishLimits;
import dev.foyer.room.RoomLimits;
import dev.foyer.sfu.RouterLimits;
import dev.foyer.socketio.LimitOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads what anybody may use. */
final class LimitVariables {
    private static final int MOST = 1_000_000;
    private static final int MOST_KBPS = 100_000_000;
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private LimitVariables() {}

    static ServerLimits read(Variables variables) {
        return new ServerLimits(socket(variables), use(variables), connections(variables), proxies(variables));
    }

    /** What rooms allow. */
    static RoomLimits rooms(Variables variables) {
        RoomLimits defaults = RoomLimits.defaults();
        ParticipantLimits participant = defaults.participant();
        PublishLimits publish = defaults.publish();
        return new RoomLimits(
                variables.integer("MAX_ROOMS", defaults.rooms(), 1, MOST),
                new ParticipantLimits(
                        variables.integer("TRANSPORTS_PER_PARTICIPANT", participant.transports(), 1, MOST),
                        variables.integer("PRODUCERS_PER_PARTICIPANT", participant.producers(), 1, MOST),
                        variables.integer("CONSUMERS_PER_PARTICIPANT", participant.consumers(), 1, MOST)),
                new PublishLimits(
                        kilobits(variables, "KBPS_PER_PARTICIPANT", publish.participantBps()),
                        kilobits(variables, "KBPS_PER_ROOM", publish.roomBps()),
                        positive(variables, "KBPS_OVER_MS", publish.tolerance())));
    }

    /** What the SFU holds of one room. */
    static RouterLimits router(Variables variables) {
        RouterLimits defaults = RouterLimits.DEFAULT;
        return new RouterLimits(
                variables.integer("TRANSPORTS_PER_ROOM", defaults.transports(), 1, MOST),
                variables.integer("PRODUCERS_PER_ROOM", defaults.producers(), 1, MOST),
                variables.integer("CONSUMERS_PER_ROOM", defaults.consumers(), 1, MOST));
    }

    private static LimitOptions socket(Variables variables) {
        LimitOptions defaults = LimitOptions.defaults();
        return defaults.withEvents(
                new Rate(
                        variables.integer(
                                "EVENTS_PER_SECOND", (int) defaults.events().perSecond(), 1, MOST),
                        variables.integer("EVENT_BURST", defaults.events().burst(), 1, MOST)),
                defaults.floodTimeout());
    }

    private static LimitSettings use(Variables variables) {
        LimitSettings defaults = LimitSettings.defaults();
        Map<LimitKind, Map<LimitScope, Rate>> rates = new EnumMap<>(LimitKind.class);
        for (LimitKind kind : LimitKind.values()) {
            Map<LimitScope, Rate> scopes = new EnumMap<>(LimitScope.class);
            for (LimitScope scope : LimitScope.values()) {
                Rate otherwise = defaults.rate(kind, scope);
                if (!otherwise.isUnlimited()) {
                    scopes.put(scope, rate(variables, name(kind, scope), otherwise));
                }
            }
            rates.put(kind, scopes);
        }
        return new LimitSettings(
                rates,
                Map.of(
                        OpenKind.HTTP_CONNECTIONS,
                        open(variables, "HTTP_CONNECTIONS_PER_ADDRESS", defaults, OpenKind.HTTP_CONNECTIONS),
                        OpenKind.CONNECTIONS,
                        open(variables, "CONNECTIONS_PER_ADDRESS", defaults, OpenKind.CONNECTIONS),
                        OpenKind.SOCKETS,
                        open(variables, "SOCKETS_PER_USER", defaults, OpenKind.SOCKETS)));
    }

    /** {@code REQUESTS_PER_ADDRESS}, {@code REQUESTS_PER_USER}, {@code CONNECTS_PER_ADDRESS}, {@code JOINS_PER_ROOM}, ... */
    private static String name(LimitKind kind, LimitScope scope) {
        String what = kind == LimitKind.CONNECTIONS ? "CONNECTS" : kind.name();
        return what + "_PER_" + (scope == LimitScope.IDENTITY ? "USER" : scope.name());
    }

    private static int open(Variables variables, String name, LimitSettings defaults, OpenKind kind) {
        return variables.integer(name, defaults.open(kind), 0, MOST);
    }

    /** How many a second and how many at once, {@code 20/500}; 0 for no limit. */
    private static Rate rate(Variables variables, String name, Rate otherwise) {
        String text = variables.text(name, written(otherwise));
        if (text.equals("0")) {
            return Rate.UNLIMITED;
        }
        int slash = text.indexOf('/');
        try {
            if (slash > 0) {
                Rate rate = new Rate(
                        Double.parseDouble(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
                if (!rate.isUnlimited()) {
                    return rate;
                }
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw variables.wrong(name, "how many a second and how many at once, such as 20/500, or 0 for no limit");
    }

    private static String written(Rate rate) {
        return BigDecimal.valueOf(rate.perSecond()).stripTrailingZeros().toPlainString() + "/" + rate.burst();
    }

    private static ConnectionSettings connections(Variables variables) {
        ConnectionSettings defaults = ConnectionSettings.defaults();
        return new ConnectionSettings(
                positive(variables, "HEADER_TIMEOUT_MS", defaults.headTimeout()),
                positive(variables, "BODY_TIMEOUT_MS", defaults.bodyTimeout()),
                positive(variables, "IDLE_TIMEOUT_MS", defaults.idleTimeout()),
                variables.integer("MAX_HEADER_BYTES", defaults.maxHeaderBytes(), 256, MOST_HEADER_BYTES));
    }

    private static List<AddressRange> proxies(Variables variables) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String text : variables.list("TRUSTED_PROXIES")) {
            try {
                ranges.add(AddressRange.parse(text));
            } catch (IllegalArgumentException _) {
                throw variables.wrong(
                        "TRUSTED_PROXIES", "addresses and ranges of them such as 10.0.0.0/8, separated by commas");
            }
        }
        return ranges;
    }

    private static long kilobits(Variables variables, String name, long otherwiseBps) {
        return 1_000L * variables.integer(name, Math.toIntExact(otherwiseBps / 1_000), 0, MOST_KBPS);
    }

    private static Duration positive(Variables variables, String name, Duration otherwise) {
        Duration value = variables.millis(name, otherwise);
        if (value.isZero()) {
            throw variables.wrong(name, "a whole number of milliseconds from 1");
        }
        return value;
    }
}
