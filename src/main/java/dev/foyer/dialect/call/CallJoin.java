package dev.foyer.dialect.call;

import dev.foyer.auth.Identity;
import dev.foyer.dialect.Fields;
import dev.foyer.dialect.OrtcReader;
import dev.foyer.dialect.RoleWords;
import dev.foyer.dialect.SeatAsk;
import dev.foyer.dialect.SeatRequest;
import dev.foyer.room.Dialect;
import dev.foyer.room.HousePlan;
import dev.foyer.room.MeshSupport;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoleLimits;
import dev.foyer.room.RoomRules;
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who wants to make or join which room. */
final class CallJoin {
    private static final int MAX_METADATA = 16 * 1024;
    private static final int MAX_ROOMS = 32;
    private static final int MAX_PARTICIPANTS = 1_000_000;

    /** A room that a client makes is not kept for long when nobody is there. */
    private static final long MAX_KEPT_EMPTY_MILLIS = Duration.ofHours(1).toMillis();

    /** The year 2100, in milliseconds since 1970. */
    private static final long MAX_TIME = 4_102_444_800_000L;

    private CallJoin() {}

    /** Reads the room's id. */
    static String roomId(Fields message) {
        return message.text("callId", CallRequests.MAX_ID);
    }

    /** Reads what the room is to be if it is made now. */
    static RoomSpec spec(Fields message) {
        RoomType type = message.optionalWord("type", RoomType.class);
        if (type == null) {
            type = RoomType.MANSION;
        }
        Fields options = message.optionalObject("options");
        if (options == null) {
            return RoomSpec.of(type);
        }
        Long keptEmptyMillis = options.optionalInteger("keptEmptyMs", 1, MAX_KEPT_EMPTY_MILLIS);
        TopologyOption topology = options.optionalWord("topology", TopologyOption.class);
        return new RoomSpec(
                type,
                options.optionalNumber("maxParticipants", 1, MAX_PARTICIPANTS),
                options.flag("listed", false),
                topology == TopologyOption.SFU,
                true,
                keptEmptyMillis == null ? null : Duration.ofMillis(keptEmptyMillis),
                options.freeObjectOrEmpty("metadata", MAX_METADATA),
                rules(options),
                house(options));
    }

    /** Reads the names of the rooms around the room. */
    private static @Nullable HousePlan house(Fields options) {
        List<String> names = options.texts("rooms", MAX_ROOMS, HousePlan.MAX_NAME);
        if (!names.stream().allMatch(HousePlan::isName) || Set.copyOf(names).size() < names.size()) {
            throw Fields.invalid("options.rooms", "different names without slashes, none of them " + HousePlan.LOBBY);
        }
        return names.isEmpty() ? null : new HousePlan(null, names);
    }

    private static RoomRules rules(Fields options) {
        return new RoomRules(
                options.flag("lobby", false),
                new RoleLimits(limit(options, "maxHosts"), limit(options, "maxSpeakers"), limit(options, "maxViewers")),
                options.optionalInteger("endsAt", 0, MAX_TIME));
    }

    private static int limit(Fields options, String name) {
        Integer limit = options.optionalNumber(name, 1, MAX_PARTICIPANTS);
        return limit == null ? Integer.MAX_VALUE : limit;
    }

    /** Reads {@code joinRoom}. */
    static SeatRequest read(Fields message, Identity identity) {
        Fields capabilities = message.optionalObject("rtpCapabilities");
        return SeatRequest.of(
                identity,
                Dialect.CALL,
                roomId(message),
                spec(message),
                new SeatAsk(
                        message.optionalText("userId", CallRequests.MAX_ID),
                        null,
                        RoleWords.read(message, "role", ParticipantRole.PARTICIPANT),
                        message.optionalText("displayName", CallRequests.MAX_NAME),
                        message.freeObject("mediaState", CallRequests.MAX_STATE),
                        null,
                        message.flag("mesh", false) ? new MeshSupport.Seamless() : new MeshSupport.None(),
                        capabilities == null ? null : OrtcReader.rtpCapabilities(capabilities),
                        message.optionalText("invitation", CallRequests.MAX_ID)));
    }

    /** What {@code options.topology} may say. */
    private enum TopologyOption {
        ADAPTIVE,
        SFU;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
