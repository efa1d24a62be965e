package dev.foyer.sfu.negotiation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads format parameters ({@code fmtp}), whose values arrive as numbers or as text depending on the client. */
final class FormatParameters {
    static final String APT = "apt";
    static final String PROFILE_LEVEL_ID = "profile-level-id";
    static final String LEVEL_ASYMMETRY_ALLOWED = "level-asymmetry-allowed";
    static final String PACKETIZATION_MODE = "packetization-mode";
    static final String VP9_PROFILE_ID = "profile-id";
    static final String AV1_PROFILE = "profile";

    private FormatParameters() {}

    /** The parameter as an integer; {@code missing} when absent, -1 when it is none. */
    static int integer(Map<String, Object> parameters, String name, int missing) {
        Object value = parameters.get(name);
        return switch (value) {
            case null -> missing;
            case Integer number -> number;
            case Number number when number.doubleValue() == number.intValue() -> number.intValue();
            case String text
            when text.length() <= 9 && !text.isEmpty() && text.chars().allMatch(FormatParameters::isDigit) ->
                Integer.parseInt(text);
            default -> -1;
        };
    }

    /** The parameter as text, or null when absent. SDP parsers turn {@code 640032} into a number. */
    static @Nullable String text(Map<String, Object> parameters, String name) {
        Object value = parameters.get(name);
        return value == null ? null : value.toString();
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
