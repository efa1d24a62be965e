package dev.foyer.ortc;

import java.util.Locale;

/** How a consumer chooses among its producer's encodings. */
public enum ConsumerType {
    /** One encoding, one layer. */
    SIMPLE,
    /** Several encodings, one sent at a time. */
    SIMULCAST,
    /** One encoding with several layers in it. */
    SVC;

    /** The type as it stands in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
