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
import dev.foyer.room.RoomSpec;
import dev.foyer.room.RoomType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who wants to make or join which room. */
final class CallJoin {
    private static final int MAX_METADATA = 16 * 1024;
    private static final int MAX_ROOMS = 32;

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
        TopologyOption topology = options.optionalWord("topology", TopologyOption.class);
        return new RoomSpec(
                type,
                options.optionalNumber("maxParticipants", 1, 1_000_000),
                options.flag("listed", false),
                topology == TopologyOption.SFU,
                true,
                null,
                options.freeObjectOrEmpty("metadata", MAX_METADATA),
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
