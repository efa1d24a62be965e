package dev.foyer.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the lines of one media section. */
final class MediaReader {
    private static final int MAX_FORMATS = 128;

    private final MediaLine media;
    private final TransportReader transport = new TransportReader();
    private final RtpReader rtp = new RtpReader();
    private @Nullable String mid;
    private @Nullable Direction direction;
    private boolean bundleOnly;
    private int sctpPort = -1;
    private long maxMessageSize = SctpDescription.DEFAULT_MAX_MESSAGE_SIZE;

    /**
     * @param fields of the {@code m=} line
     */
    MediaReader(Fields fields, LineReader line) throws SdpException {
        String name = fields.token("media");
        String port = fields.token("port");
        int slash = port.indexOf('/');
        int number = (int) Fields.number(line, slash < 0 ? port : port.substring(0, slash), "port", 0, 65_535);
        String protocol = fields.token("protocol");
        List<String> formats = new ArrayList<>();
        while (fields.hasNext()) {
            line.check(formats.size() < MAX_FORMATS, "has more than " + MAX_FORMATS + " formats");
            formats.add(fields.token("format"));
        }
        line.check(!formats.isEmpty(), "has no format");
        media = new MediaLine(name, number, protocol, formats);
    }

    void take(String name, LineReader line) throws SdpException {
        switch (name) {
            case "mid" -> mid = line.attributeFields().token("mid");
            case "bundle-only" -> bundleOnly = true;
            case "sctp-port" -> sctpPort = (int) line.attributeFields().number("SCTP port", 0, 65_535);
            // The form before RFC 8841: sctpmap:5000 webrtc-datachannel 1024
            case "sctpmap" -> sctpPort = (int) line.attributeFields().number("SCTP port", 0, 65_535);
            case "max-message-size" ->
                maxMessageSize = line.attributeFields().number("message size", 0, Long.MAX_VALUE);
            default -> {
                Direction named = Direction.parse(name);
                if (named != null) {
                    direction = named;
                } else if (!transport.take(name, line)) {
                    rtp.take(name, line);
                }
            }
        }
    }

    /** The section with what the session's part says for all. */
    MediaDescription read(TransportDescription session, RtpReader sessionRtp, @Nullable Direction sessionDirection) {
        Direction own = direction == null ? sessionDirection : direction;
        return new MediaDescription(
                media,
                mid,
                bundleOnly,
                own == null ? Direction.SENDRECV : own,
                transport.read().orElse(session),
                rtp.read(media.formats(), sessionRtp),
                sctpPort < 0 ? null : new SctpDescription(sctpPort, maxMessageSize));
    }
}
