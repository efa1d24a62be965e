package dev.foyer.ortc;

/**
 * One RTCP feedback message that a codec supports (RFC 4585 section 4.2).
 *
 * @param type {@code nack}, {@code ccm}, {@code goog-remb}, {@code transport-cc}
 * @param parameter {@code pli}, {@code fir} or empty
 */
public record RtcpFeedback(String type, String parameter) {
    public RtcpFeedback {
        parameter = parameter == null ? "" : parameter;
    }
}
