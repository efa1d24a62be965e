package dev.foyer.sfu.negotiation;

import dev.foyer.ortc.ConsumerType;
import dev.foyer.ortc.RtpParameters;
import java.util.Locale;

/** Tells how a consumer chooses among a producer's layers. */
final class ConsumerTypes {
    private ConsumerTypes() {}

    /**
     * Several encodings are simulcast. One encoding with several layers is SVC for codecs that scale in space, and for
     * the others simulcast with a single encoding, whose temporal layers can be dropped.
     */
    static ConsumerType of(RtpParameters consumable) {
        if (consumable.encodings().size() > 1) {
            return ConsumerType.SIMULCAST;
        }
        ScalabilityMode mode =
                ScalabilityMode.parse(consumable.encodings().getFirst().scalabilityMode());
        if (mode.spatialLayers() == 1 && mode.temporalLayers() == 1) {
            return ConsumerType.SIMPLE;
        }
        return switch (consumable.codecs().getFirst().mimeType().toLowerCase(Locale.ROOT)) {
            case "video/vp9", "video/av1" -> ConsumerType.SVC;
            case "video/vp8", "video/h264" -> ConsumerType.SIMULCAST;
            default -> ConsumerType.SIMPLE;
        };
    }
}
