package dev.foyer.sfu.negotiation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The layers of an encoding, as a W3C scalability mode such as {@code L3T3_KEY} names them.
 *
 * @param spatialLayers 1 to 99
 * @param temporalLayers 1 to 99
 * @param keyFramesOnly whether a spatial layer refers to the one below it in key frames only (K-SVC)
 */
public record ScalabilityMode(int spatialLayers, int temporalLayers, boolean keyFramesOnly) {
    private static final Pattern MODE = Pattern.compile("[LS]([1-9]\\d?)T([1-9]\\d?)(_KEY)?.*");
    private static final ScalabilityMode NONE = new ScalabilityMode(1, 1, false);

    /** Reads a mode; null and what is no mode are one layer of each. */
    public static ScalabilityMode parse(@Nullable String mode) {
        if (mode == null) {
            return NONE;
        }
        Matcher matcher = MODE.matcher(mode);
        return matcher.matches()
                ? new ScalabilityMode(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        matcher.group(3) != null)
                : NONE;
    }
}
