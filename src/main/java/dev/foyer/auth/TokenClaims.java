package dev.foyer.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a token says (RFC 7519, section 4), once its signature is found good. */
final class TokenClaims {
    private static final Verdict INVALID = new Verdict.Refused(Verdict.Reason.INVALID_TOKEN);
    private static final Verdict EXPIRED = new Verdict.Refused(Verdict.Reason.EXPIRED_TOKEN);

    /** The end of the year 9999. What expires later never does. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    private TokenClaims() {}

    /**
     * Whom they let in. A token that cannot be understood lets nobody in.
     *
     * @param now the time to compare {@code exp} and {@code nbf} with
     */
    static Verdict judge(JsonObject claims, AuthSettings settings, Instant now) {
        double leeway = settings.leeway().toMillis() / 1_000.0;
        double seconds = now.toEpochMilli() / 1_000.0;
        if (!(claims.getValue("exp", Double.POSITIVE_INFINITY) instanceof Number expiry
                && claims.getValue("nbf", Double.NEGATIVE_INFINITY) instanceof Number notBefore
                && seconds >= notBefore.doubleValue() - leeway
                && isForUs(claims, settings))) {
            return INVALID;
        }
        double end = expiry.doubleValue() + leeway;
        Identity identity = identity(claims, end);
        if (identity == null) {
            return INVALID;
        }
        return seconds < end ? new Verdict.Admitted(identity) : EXPIRED;
    }

    private static boolean isForUs(JsonObject claims, AuthSettings settings) {
        return (settings.issuer() == null || settings.issuer().equals(claims.getValue("iss")))
                && (settings.audience() == null || names(claims.getValue("aud"), settings.audience()));
    }

    /** Whether an {@code aud} claim, a text or a list of texts, names an audience. */
    private static boolean names(@Nullable Object claim, String audience) {
        return audience.equals(claim) || (claim instanceof JsonArray list && list.contains(audience));
    }

    /** Null when a claim has the wrong type. */
    private static @Nullable Identity identity(JsonObject claims, double end) {
        if (!(claims.getValue("sub") instanceof String userId) || userId.isBlank()) {
            return null;
        }
        Object room = claims.getValue("room");
        Object grants = claims.getValue("grants");
        if (!isTextOrNull(claims.getValue("name"))
                || !isTextOrNull(room)
                || !isTextOrNull(claims.getValue("role"))
                || !(grants == null || grants instanceof JsonArray)) {
            return null;
        }
        return new Identity(
                userId,
                claims.getString("name"),
                "*".equals(room) ? null : (String) room,
                claims.getString("role"),
                grants == null ? null : grants((JsonArray) grants),
                end > LAST_SECOND ? null : Instant.ofEpochMilli((long) (end * 1_000)));
    }

    /** The grants that this server knows; others are for somebody else. */
    private static Set<Grant> grants(JsonArray words) {
        Set<Grant> grants = EnumSet.noneOf(Grant.class);
        for (Object word : words) {
            if (word instanceof String text) {
                Grant.of(text).ifPresent(grants::add);
            }
        }
        return grants;
    }

    private static boolean isTextOrNull(@Nullable Object claim) {
        return claim == null || claim instanceof String;
    }
}
