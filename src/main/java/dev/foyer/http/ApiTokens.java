package dev.foyer.http;

import dev.foyer.auth.Grant;
import dev.foyer.auth.Identity;
import dev.foyer.auth.TokenMint;
import dev.foyer.dialect.RoleWords;
import dev.foyer.room.ParticipantRole;
import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Mints tokens that never allow more than their maker's, in no other room, and no longer. */
final class ApiTokens {
    private static final String ANY_ROOM = "*";
    private static final long DEFAULT_SECONDS = 3_600;

    private final @Nullable TokenMint mint;
    private final InstantSource clock;

    /** @param mint null where there is no secret to sign with */
    ApiTokens(@Nullable TokenMint mint, InstantSource clock) {
        this.mint = mint;
        this.clock = clock;
    }

    CompletionStage<ApiAnswer> create(ApiRequest request) {
        Identity maker = request.identity();
        if (mint == null) {
            throw new RequestRefusal(HttpError.CONFLICT, "This server has no JWT_SECRET to sign with");
        }
        // By its role everybody may make rooms; that is not meant to be enough to speak for others.
        Set<Grant> own = maker.grants();
        if (own == null || !(own.contains(Grant.CREATE) || own.contains(Grant.ADMIN))) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Your token does not name the grant");
        }
        String room = text(request, "room");
        boolean every = room.equals(ANY_ROOM);
        if (every ? maker.room() != null : !maker.opens(room)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "Your token is for another room");
        }
        String userId = text(request, "userId");
        String word = request.field("role", String.class);
        ParticipantRole role =
                word == null ? ParticipantRole.PARTICIPANT : ParticipantRole.valueOf(word.toUpperCase(Locale.ROOT));
        Set<Grant> grants = grants(request, role, ApiAccess.grants(maker));
        Number asked = request.field("expiresInSeconds", Number.class);
        Instant now = clock.instant();
        Duration validity = Duration.ofSeconds(asked == null ? DEFAULT_SECONDS : asked.longValue());
        if (maker.expiresAt() != null) {
            validity = shorter(validity, Duration.between(now, maker.expiresAt()));
        }
        String token = mint.mint(
                new Identity(userId, request.field("name", String.class), every ? null : room, role.toString(), grants),
                validity);
        JsonArray words = new JsonArray();
        grants.forEach(grant -> words.add(grant.name().toLowerCase(Locale.ROOT)));
        return CompletableFuture.completedStage(new ApiAnswer(
                201,
                new JsonObject()
                        .put("token", token)
                        .put("userId", userId)
                        .put("room", room)
                        .put("role", role.toString())
                        .put("grants", words)
                        .put(
                                "expiresAt",
                                now.plus(validity)
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString()),
                Map.of()));
    }

    private static Set<Grant> grants(ApiRequest request, ParticipantRole role, Set<Grant> allowed) {
        if (role == ParticipantRole.HOST && !allowed.contains(Grant.MODERATE)) {
            throw new RoomException(RoomErrorCode.FORBIDDEN, "A host moderates, and you may not");
        }
        Set<Grant> grants = EnumSet.noneOf(Grant.class);
        if (request.body().get("grants") instanceof List<?> words) {
            words.forEach(word -> Grant.of(String.valueOf(word)).ifPresent(grants::add));
            if (!allowed.containsAll(grants)) {
                throw new RoomException(RoomErrorCode.FORBIDDEN, "You may not do all of that yourself");
            }
            return grants;
        }
        grants.addAll(RoleWords.grants(role));
        grants.retainAll(allowed);
        // Named in a token it would be the right to mint more of them: only for who asks for it.
        grants.remove(Grant.CREATE);
        return grants;
    }

    /** Within the leeway that clocks are given, a token that is over may still be shown: what it makes is over, too. */
    private static Duration shorter(Duration one, Duration other) {
        Duration least = one.compareTo(other) < 0 ? one : other;
        return least.isNegative() ? Duration.ZERO : least;
    }

    private static String text(ApiRequest request, String name) {
        return Objects.requireNonNull(request.field(name, String.class));
    }
}
