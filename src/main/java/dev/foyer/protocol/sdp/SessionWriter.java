package dev.foyer.protocol.sdp;

import java.util.List;
import java.util.Map;

/** Writes descriptions, lines ending in CRLF. */
final class SessionWriter {
    private static final String NOWHERE = "0.0.0.0";

    private final StringBuilder text = new StringBuilder(4096);

    private SessionWriter() {}

    static String write(SessionDescription session) {
        SessionWriter writer = new SessionWriter();
        Origin origin = session.origin();
        writer.line("v=0");
        writer.line("o=" + origin.username() + " " + origin.sessionId() + " " + origin.sessionVersion()
                + " IN IP4 127.0.0.1");
        writer.line("s=-");
        writer.line("t=0 0");
        for (List<String> bundle : session.bundles()) {
            writer.attribute("group", "BUNDLE " + String.join(" ", bundle));
        }
        if (session.iceLite()) {
            writer.attribute("ice-lite");
        }
        writer.attribute("msid-semantic", " WMS *");
        for (MediaDescription media : session.media()) {
            writer.media(media);
        }
        return writer.text.toString();
    }

    private void media(MediaDescription media) {
        MediaLine line = media.line();
        line("m=" + line.media() + " " + line.port() + " " + line.protocol() + " " + String.join(" ", line.formats()));
        line("c=IN " + connection(media));
        if (media.mid() != null) {
            attribute("mid", media.mid());
        }
        if (media.bundleOnly()) {
            attribute("bundle-only");
        }
        attribute(media.direction().toString());
        TransportWriter.write(media.transport(), text);
        rtp(media.rtp());
        SctpDescription sctp = media.sctp();
        if (sctp != null) {
            attribute("sctp-port", Integer.toString(sctp.port()));
            attribute("max-message-size", Long.toString(sctp.maxMessageSize()));
        }
    }

    /** The address of the candidate that the port names; a line without one says nowhere (RFC 8839 section 4.2.1.2). */
    private static String connection(MediaDescription media) {
        for (Candidate candidate : media.transport().candidates()) {
            if (candidate.port() == media.line().port()) {
                return (candidate.address().indexOf(':') < 0 ? "IP4 " : "IP6 ") + candidate.address();
            }
        }
        return "IP4 " + NOWHERE;
    }

    private void rtp(RtpDescription rtp) {
        if (rtp.rtcpMux()) {
            attribute("rtcp-mux");
        }
        if (rtp.reducedSize()) {
            attribute("rtcp-rsize");
        }
        if (rtp.extmapAllowMixed()) {
            attribute("extmap-allow-mixed");
        }
        for (HeaderExtension extension : rtp.headerExtensions()) {
            String direction = extension.direction() == Direction.SENDRECV ? "" : "/" + extension.direction();
            attribute("extmap", extension.id() + direction + " " + extension.uri());
        }
        for (Msid msid : rtp.msids()) {
            attribute("msid", msid(msid));
        }
        for (PayloadFormat format : rtp.formats()) {
            format(format);
        }
        for (Rid rid : rtp.rids()) {
            String restrictions = rid.restrictions().isEmpty() ? "" : " " + parameters(rid.restrictions());
            attribute("rid", rid.id() + (rid.send() ? " send" : " recv") + restrictions);
        }
        Simulcast simulcast = rtp.simulcast();
        if (simulcast != null) {
            attribute("simulcast", simulcast(simulcast));
        }
        for (SsrcGroup group : rtp.ssrcGroups()) {
            StringBuilder ssrcs = new StringBuilder(group.semantics());
            group.ssrcs().forEach(ssrc -> ssrcs.append(' ').append(ssrc));
            attribute("ssrc-group", ssrcs.toString());
        }
        for (SsrcDescription ssrc : rtp.ssrcs()) {
            if (ssrc.cname() != null) {
                attribute("ssrc", ssrc.ssrc() + " cname:" + ssrc.cname());
            }
            if (ssrc.msid() != null) {
                attribute("ssrc", ssrc.ssrc() + " msid:" + msid(ssrc.msid()));
            }
        }
    }

    private void format(PayloadFormat format) {
        int payloadType = format.payloadType();
        attribute(
                "rtpmap",
                payloadType + " " + format.encodingName() + "/" + format.clockRate()
                        + (format.channels() == 1 ? "" : "/" + format.channels()));
        for (Feedback feedback : format.feedback()) {
            String parameter = feedback.parameter().isEmpty() ? "" : " " + feedback.parameter();
            attribute("rtcp-fb", payloadType + " " + feedback.type() + parameter);
        }
        if (!format.parameters().isEmpty()) {
            attribute("fmtp", payloadType + " " + parameters(format.parameters()));
        }
    }

    private static String parameters(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : ";").append(name).append(value.isEmpty() ? "" : "=" + value));
        return text.toString();
    }

    private static String msid(Msid msid) {
        return msid.track() == null ? msid.stream() : msid.stream() + " " + msid.track();
    }

    private static String simulcast(Simulcast simulcast) {
        String send = simulcast.send().isEmpty() ? "" : "send " + streams(simulcast.send());
        String receive = simulcast.receive().isEmpty() ? "" : "recv " + streams(simulcast.receive());
        return send.isEmpty() || receive.isEmpty() ? send + receive : send + " " + receive;
    }

    private static String streams(List<List<Simulcast.Alternative>> streams) {
        StringBuilder text = new StringBuilder();
        for (List<Simulcast.Alternative> stream : streams) {
            text.append(text.isEmpty() ? "" : ";");
            String separator = "";
            for (Simulcast.Alternative alternative : stream) {
                text.append(separator).append(alternative.paused() ? "~" : "").append(alternative.rid());
                separator = ",";
            }
        }
        return text.toString();
    }

    private void attribute(String name) {
        line("a=" + name);
    }

    private void attribute(String name, String value) {
        line("a=" + name + ":" + value);
    }

    private void line(String line) {
        text.append(line).append("\r\n");
    }
}
