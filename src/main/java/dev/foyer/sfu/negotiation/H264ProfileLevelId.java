package dev.foyer.sfu.negotiation;

import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An H.264 {@code profile-level-id} (RFC 6184 section 8.1).
 *
 * @param profile the profile
 * @param levelIdc ten times the level, such as 31 for 3.1; {@link #LEVEL_1B} for level 1b
 */
record H264ProfileLevelId(H264Profile profile, int levelIdc) {
    /** Level 1b lies between 1 and 1.1; it has no {@code level_idc} of its own in the profiles used here. */
    static final int LEVEL_1B = 9;

    private static final int CONSTRAINT_SET_3 = 0x10;

    /**
     * What an endpoint that names none is taken to mean. The RFC says Baseline level 1; browsers and mediasoup-client
     * take it as this, and agreeing with them is worth more.
     */
    private static final H264ProfileLevelId UNNAMED = new H264ProfileLevelId(H264Profile.CONSTRAINED_BASELINE, 31);

    /** Reads six hexadecimal digits; null when they are not that, or name an unknown profile or level. */
    static @Nullable H264ProfileLevelId parse(String text) {
        if (text.length() != 6 || !text.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        int value = HexFormat.fromHexDigits(text);
        int iop = value >> 8 & 0xff;
        H264Profile profile = H264Profile.of(value >> 16, iop);
        if (profile == null) {
            return null;
        }
        int level = value & 0xff;
        return switch (level) {
            case 11 -> new H264ProfileLevelId(profile, (iop & CONSTRAINT_SET_3) == 0 ? 11 : LEVEL_1B);
            case 10, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52 -> new H264ProfileLevelId(profile, level);
            default -> null;
        };
    }

    /** Reads the one in format parameters; null when it is there and unreadable. */
    static @Nullable H264ProfileLevelId of(Map<String, Object> parameters) {
        String text = FormatParameters.text(parameters, FormatParameters.PROFILE_LEVEL_ID);
        return text == null ? UNNAMED : parse(text);
    }

    /**
     * The {@code profile-level-id} to answer with (RFC 6184 section 8.2.2): one's own level when both sides allow the
     * levels to differ by direction, else the lower of both. Both must have one profile.
     *
     * @param asymmetryAllowed whether both sides say {@code level-asymmetry-allowed=1}
     */
    H264ProfileLevelId answerTo(H264ProfileLevelId offered, boolean asymmetryAllowed) {
        return asymmetryAllowed || rank() <= offered.rank() ? this : new H264ProfileLevelId(profile, offered.levelIdc);
    }

    private int rank() {
        return levelIdc == LEVEL_1B ? 21 : 2 * levelIdc;
    }

    /** Six lower-case hexadecimal digits. */
    @Override
    public String toString() {
        int value = levelIdc == LEVEL_1B
                ? (profile.canonical() | CONSTRAINT_SET_3) << 8 | 11
                : profile.canonical() << 8 | levelIdc;
        return HexFormat.of().toHexDigits(value, 6);
    }
}
