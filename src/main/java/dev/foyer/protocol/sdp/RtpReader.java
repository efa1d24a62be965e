package dev.foyer.protocol.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the RTP attributes of a section. */
final class RtpReader {
    private static final int MAX_EXTENSIONS = 64;
    private static final int MAX_MSIDS = 64;
    private static final int MAX_GROUPS = 64;
    private static final int MAX_GROUP_SIZE = 64;
    private static final int MAX_OFFERED_ID = 4351;

    private final FormatReader formats = new FormatReader();
    private final SourceReader sources = new SourceReader();
    private final SimulcastReader simulcast = new SimulcastReader();
    private final List<HeaderExtension> extensions = new ArrayList<>();
    private final List<Msid> msids = new ArrayList<>();
    private final List<SsrcGroup> groups = new ArrayList<>();
    private boolean extmapAllowMixed;
    private boolean rtcpMux;
    private boolean reducedSize;

    /** Takes an attribute; one that is not known is passed over. */
    void take(String name, LineReader line) throws SdpException {
        Fields fields = line.attributeFields();
        switch (name) {
            case "rtpmap" -> formats.rtpmap(line, fields);
            case "fmtp" -> formats.fmtp(line, fields);
            case "rtcp-fb" -> formats.feedback(line, fields);
            case "extmap" -> extension(line, fields);
            case "extmap-allow-mixed" -> extmapAllowMixed = true;
            case "rtcp-mux", "rtcp-mux-only" -> rtcpMux = true;
            case "rtcp-rsize" -> reducedSize = true;
            case "msid" -> {
                line.check(msids.size() < MAX_MSIDS, "is one msid too many");
                msids.add(msid(fields));
            }
            case "ssrc" -> sources.take(line, fields);
            case "ssrc-group" -> group(line, fields);
            case "rid" -> simulcast.rid(line, fields);
            case "simulcast" -> simulcast.simulcast(line, fields);
            default -> {}
        }
    }

    RtpDescription read(List<String> order, RtpReader session) {
        List<HeaderExtension> all = new ArrayList<>(session.extensions);
        all.addAll(extensions);
        return new RtpDescription(
                formats.read(order),
                all,
                extmapAllowMixed || session.extmapAllowMixed,
                rtcpMux || session.rtcpMux,
                reducedSize || session.reducedSize,
                msids,
                sources.read(),
                groups,
                simulcast.rids(),
                simulcast.simulcast());
    }

    static Msid msid(Fields fields) throws SdpException {
        String stream = fields.token("stream id");
        return new Msid(stream, fields.hasNext() ? fields.token("track id") : null);
    }

    /** {@code extmap:<id>[/<direction>] <uri> [<attributes>]} (RFC 8285 section 8). */
    private void extension(LineReader line, Fields fields) throws SdpException {
        line.check(extensions.size() < MAX_EXTENSIONS, "is one header extension too many");
        String number = fields.token("extension id");
        int slash = number.indexOf('/');
        Direction direction = slash < 0 ? Direction.SENDRECV : Direction.parse(number.substring(slash + 1));
        if (direction == null) {
            throw line.wrong("has an unknown direction");
        }
        String id = slash < 0 ? number : number.substring(0, slash);
        extensions.add(new HeaderExtension(
                (int) Fields.number(line, id, "extension id", 1, MAX_OFFERED_ID),
                direction,
                fields.token("extension uri")));
    }

    private void group(LineReader line, Fields fields) throws SdpException {
        line.check(groups.size() < MAX_GROUPS, "is one ssrc-group too many");
        String semantics = fields.token("semantics");
        List<Long> ssrcs = new ArrayList<>();
        while (fields.hasNext()) {
            line.check(ssrcs.size() < MAX_GROUP_SIZE, "names too many ssrcs");
            ssrcs.add(fields.number("ssrc", 0, 0xffff_ffffL));
        }
        groups.add(new SsrcGroup(semantics, ssrcs));
    }

    /** The {@code ssrc} lines, of which several speak of one source. */
    private static final class SourceReader {
        private static final int MAX_SSRCS = 64;

        private final Map<Long, SsrcDescription> sources = new LinkedHashMap<>();

        void take(LineReader line, Fields fields) throws SdpException {
            long ssrc = fields.number("ssrc", 0, 0xffff_ffffL);
            SsrcDescription known = sources.get(ssrc);
            line.check(known != null || sources.size() < MAX_SSRCS, "is one ssrc too many");
            String cname = known == null ? null : known.cname();
            Msid msid = known == null ? null : known.msid();
            String attribute = fields.rest();
            if (attribute.startsWith("cname:")) {
                cname = new Fields(line, attribute.substring("cname:".length())).token("cname");
            } else if (attribute.startsWith("msid:")) {
                msid = msid(new Fields(line, attribute.substring("msid:".length())));
            }
            sources.put(ssrc, new SsrcDescription(ssrc, cname, msid));
        }

        List<SsrcDescription> read() {
            return List.copyOf(sources.values());
        }
    }

    /** The {@code rid} and {@code simulcast} lines. */
    private static final class SimulcastReader {
        private static final int MAX_RIDS = 32;

        private final List<Rid> rids = new ArrayList<>();
        private @Nullable Simulcast simulcast;

        List<Rid> rids() {
            return rids;
        }

        @Nullable
        Simulcast simulcast() {
            return simulcast;
        }

        /** {@code rid:<id> send|recv [pt=...;max-width=...]} (RFC 8851 section 10). */
        void rid(LineReader line, Fields fields) throws SdpException {
            line.check(rids.size() < MAX_RIDS, "is one rid too many");
            String id = checkedId(line, fields.token("rid"));
            boolean send = switch (fields.token("rid direction")) {
                case "send" -> true;
                case "recv" -> false;
                default -> throw line.wrong("has an unknown direction");
            };
            rids.add(new Rid(id, send, FormatReader.parameters(line, fields.rest())));
        }

        /** {@code simulcast:send 1,2;3 recv 4} (RFC 8853 section 5.1). */
        void simulcast(LineReader line, Fields fields) throws SdpException {
            List<List<Simulcast.Alternative>> send = List.of();
            List<List<Simulcast.Alternative>> receive = List.of();
            while (fields.hasNext()) {
                String direction = fields.token("simulcast direction");
                String list = fields.token("simulcast streams");
                // Firefox of old wrote "send rid=1;2", a draft's form.
                String rids = list.startsWith("rid=") ? list.substring("rid=".length()) : list;
                switch (direction) {
                    case "send" -> send = streams(line, rids);
                    case "recv" -> receive = streams(line, rids);
                    default -> throw line.wrong("has an unknown direction");
                }
            }
            simulcast = new Simulcast(send, receive);
        }

        private static List<List<Simulcast.Alternative>> streams(LineReader line, String list) throws SdpException {
            List<List<Simulcast.Alternative>> streams = new ArrayList<>();
            for (String stream : list.split(";", -1)) {
                List<Simulcast.Alternative> alternatives = new ArrayList<>();
                for (String alternative : stream.split(",", -1)) {
                    boolean paused = alternative.startsWith("~");
                    alternatives.add(new Simulcast.Alternative(
                            checkedId(line, paused ? alternative.substring(1) : alternative), paused));
                }
                streams.add(alternatives);
            }
            line.check(streams.size() <= MAX_RIDS, "has too many simulcast streams");
            return streams;
        }

        private static String checkedId(LineReader line, String id) throws SdpException {
            boolean valid = !id.isEmpty()
                    && id.chars()
                            .allMatch(character -> (character >= '0' && character <= '9')
                                    || (character >= 'a' && character <= 'z')
                                    || (character >= 'A' && character <= 'Z')
                                    || character == '-'
                                    || character == '_');
            line.check(valid, "has no valid rid");
            return id;
        }
    }
}
