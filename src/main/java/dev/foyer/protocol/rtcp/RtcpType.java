package dev.foyer.protocol.rtcp;

/** Packet types and feedback formats of RTCP (RFC 3550 section 12.1, RFC 4585 section 6.1). */
public final class RtcpType {
    /** Sender report. */
    public static final int SENDER_REPORT = 200;
    /** Receiver report. */
    public static final int RECEIVER_REPORT = 201;
    /** Source description. */
    public static final int SOURCE_DESCRIPTION = 202;
    /** Goodbye. */
    public static final int GOODBYE = 203;
    /** Application-defined. */
    public static final int APPLICATION = 204;
    /** Transport layer feedback: {@link #FORMAT_NACK}, {@link #FORMAT_TRANSPORT_FEEDBACK}. */
    public static final int TRANSPORT_FEEDBACK = 205;
    /** Payload-specific feedback: {@link #FORMAT_PLI}, {@link #FORMAT_FIR}, {@link #FORMAT_APPLICATION}. */
    public static final int PAYLOAD_FEEDBACK = 206;
    /** Extended report (RFC 3611). */
    public static final int EXTENDED_REPORT = 207;

    /** Generic NACK (RFC 4585). */
    public static final int FORMAT_NACK = 1;
    /** Transport-wide congestion control feedback (draft-holmer). */
    public static final int FORMAT_TRANSPORT_FEEDBACK = 15;
    /** Picture loss indication (RFC 4585). */
    public static final int FORMAT_PLI = 1;
    /** Full intra request (RFC 5104). */
    public static final int FORMAT_FIR = 4;
    /** Application layer feedback: REMB. */
    public static final int FORMAT_APPLICATION = 15;

    private RtcpType() {}
}
