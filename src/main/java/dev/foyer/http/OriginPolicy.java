package dev.foyer.http;

import java.util.Set;
import java.util.function.Predicate;

/** Which pages of other origins may call this server: those on the list, and in development any of this machine. */
public final class OriginPolicy implements Predicate<String> {
    private final Set<String> allowed;
    private final boolean loopback;

    /** The policy that the settings describe. */
    public OriginPolicy(HttpSettings settings) {
        this.allowed = Set.copyOf(settings.allowedOrigins());
        this.loopback = settings.development();
    }

    /** Whether an {@code Origin} header's value is let in. */
    @Override
    public boolean test(String origin) {
        return allowed.contains(origin) || (loopback && Loopback.isLoopbackOrigin(origin));
    }
}
