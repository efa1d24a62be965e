package dev.foyer.app;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one variable comes to.
 *
 * @param value what counts; null when nothing does
 * @param otherwise what would count if nothing were said; null when nothing would
 * @param source where the value is from
 * @param secret whether {@link #shown} keeps it back
 */
record EffectiveValue(
        String name, @Nullable String value, @Nullable String otherwise, ValueSource source, boolean secret) {
    /** User and password in a URL (RFC 3986, section 3.2.1). */
    private static final Pattern USER_INFORMATION = Pattern.compile("(?<=//)[^/@\\s,]+(?=@)");

    /** The value as anybody may see it: {@code set} in place of a secret, and of a URL's user and password. */
    String shown() {
        if (value == null) {
            return "";
        }
        return secret ? "set" : USER_INFORMATION.matcher(value).replaceAll("set");
    }

    /** Leaves a secret out. */
    @Override
    public String toString() {
        return name + "=" + shown();
    }
}
