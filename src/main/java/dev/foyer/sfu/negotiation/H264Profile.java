package dev.foyer.sfu.negotiation;

import org.jspecify.annotations.Nullable;

/** H.264 profiles as {@code profile_idc} and {@code profile_iop} tell them apart (RFC 6184 section 8.1, table 5). */
enum H264Profile {
    CONSTRAINED_BASELINE(0x42e0),
    BASELINE(0x4200),
    MAIN(0x4d00),
    CONSTRAINED_HIGH(0x640c),
    HIGH(0x6400),
    HIGH_444_PREDICTIVE(0xf400);

    private final int canonical;

    H264Profile(int canonical) {
        this.canonical = canonical;
    }

    /** {@code profile_idc} in the upper and {@code profile_iop} in the lower byte, in the form most endpoints write. */
    int canonical() {
        return canonical;
    }

    /**
     * Finds the profile of two bytes.
     *
     * @param idc {@code profile_idc}
     * @param iop {@code profile_iop}: constraint_set0 in the highest bit; the lowest two are reserved and zero
     * @return null for a combination that the table does not have
     */
    static @Nullable H264Profile of(int idc, int iop) {
        return switch (idc) {
            case 0x42 -> matches(iop, 0x4f, 0x40) ? CONSTRAINED_BASELINE : matches(iop, 0x4f, 0x00) ? BASELINE : null;
            case 0x4d -> matches(iop, 0x8f, 0x80) ? CONSTRAINED_BASELINE : matches(iop, 0xaf, 0x00) ? MAIN : null;
            case 0x58 -> matches(iop, 0xcf, 0xc0) ? CONSTRAINED_BASELINE : matches(iop, 0xcf, 0x80) ? BASELINE : null;
            case 0x64 -> iop == 0x00 ? HIGH : iop == 0x0c ? CONSTRAINED_HIGH : null;
            case 0xf4 -> iop == 0x00 ? HIGH_444_PREDICTIVE : null;
            default -> null;
        };
    }

    private static boolean matches(int iop, int mask, int expected) {
        return (iop & mask) == expected;
    }
}
