package dev.foyer.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.impl.jose.JWK;
import io.vertx.ext.auth.impl.jose.JWT;
import java.security.SignatureException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * JSON Web Tokens (RFC 7519). The algorithm is pinned by the key: a token signed in any other way, or not at all, is
 * refused whatever its header says.
 *
 * <p>The signature is Vert.x's to check, the claims are checked here against a clock that is given.
 */
final class JwtVerifier implements TokenVerifier {
    /** Far beyond any token with these claims; a longer one is not parsed. */
    private static final int MAX_TOKEN_LENGTH = 8_192;

    private final JWT jwt;
    private final AuthSettings settings;
    private final InstantSource clock;

    /** Needs settings with a secret. */
    JwtVerifier(AuthSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.jwt = new JWT()
                .addJWK(new JWK(new PubSecKeyOptions()
                        .setAlgorithm("HS256")
                        .setBuffer(Objects.requireNonNull(settings.secret()))));
    }

    @Override
    public CompletionStage<Optional<Identity>> verify(String token) {
        return CompletableFuture.completedStage(
                claims(token).filter(this::isForUsNow).flatMap(JwtVerifier::identity));
    }

    /** What a correctly signed token says; empty for any other. */
    private Optional<JsonObject> claims(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(jwt.decode(token));
        } catch (RuntimeException | SignatureException _) {
            // Vert.x throws many kinds for what is no token; its bearer learns nothing but that it is not good.
            return Optional.empty();
        }
    }

    /** RFC 7519, section 4.1: {@code exp}, {@code nbf}, {@code iss}, {@code aud}. */
    private boolean isForUsNow(JsonObject claims) {
        double now = clock.instant().toEpochMilli() / 1_000.0;
        return claims.getValue("exp", Double.POSITIVE_INFINITY) instanceof Number expiry
                && now < expiry.doubleValue()
                && claims.getValue("nbf", Double.NEGATIVE_INFINITY) instanceof Number notBefore
                && now >= notBefore.doubleValue()
                && (settings.issuer() == null || settings.issuer().equals(claims.getValue("iss")))
                && (settings.audience() == null || names(claims.getValue("aud"), settings.audience()));
    }

    /** Whether an {@code aud} claim, a text or a list of texts, names an audience. */
    private static boolean names(@Nullable Object claim, String audience) {
        return audience.equals(claim) || (claim instanceof JsonArray list && list.contains(audience));
    }

    /** Empty when a claim has the wrong type: a token that cannot be understood allows nothing. */
    private static Optional<Identity> identity(JsonObject claims) {
        if (!(claims.getValue("sub") instanceof String userId) || userId.isBlank()) {
            return Optional.empty();
        }
        Object room = claims.getValue("room");
        Object grants = claims.getValue("grants");
        if (!isTextOrNull(claims.getValue("name"))
                || !isTextOrNull(room)
                || !isTextOrNull(claims.getValue("role"))
                || !(grants == null || grants instanceof JsonArray)) {
            return Optional.empty();
        }
        return Optional.of(new Identity(
                userId,
                claims.getString("name"),
                "*".equals(room) ? null : (String) room,
                claims.getString("role"),
                grants == null ? null : grants((JsonArray) grants)));
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
