package dev.foyer.app;

import dev.foyer.room.IceServer;
import dev.foyer.room.IceServers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names the configured TURN and STUN servers, with time-limited credentials when they share a secret with this server
 * (draft-uberti-behave-turn-rest, what coturn calls {@code use-auth-secret}).
 */
final class TurnCredentials implements IceServers {
    /** Longer than a meeting: an allocation outlives its credentials only until its next refresh. */
    private static final Duration VALID_FOR = Duration.ofHours(12);

    private final TurnSettings settings;
    private final InstantSource clock;

    TurnCredentials(TurnSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<IceServer> forUser(String userId) {
        if (settings.urls().isEmpty()) {
            return List.of();
        }
        if (settings.secret() == null) {
            return List.of(new IceServer(settings.urls(), settings.username(), settings.password()));
        }
        // A colon would end the name of the user; the TURN server reads only the time before the first one. And the
        // name goes through HTTP headers, which carry printable ASCII.
        String username = clock.instant().plus(VALID_FOR).getEpochSecond() + ":" + userId.replaceAll("[^!-9;-~]", "_");
        return List.of(new IceServer(settings.urls(), username, hmac(settings.secret(), username)));
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }
}
