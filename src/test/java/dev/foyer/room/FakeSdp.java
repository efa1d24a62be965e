package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * As much of a session description as rooms and the {@link FakeMediaPlane} look at. {@link #text} is SDP that could have
 * come from a browser, with one codec a kind.
 *
 * @param session the session id of its {@code o=} line, one a peer connection
 * @param version grows with each description
 * @param ufrag the ICE user name fragment
 */
public record FakeSdp(String session, long version, String ufrag, List<Section> sections) {
    public FakeSdp {
        sections = List.copyOf(sections);
    }

    /** What the maker of a description does in one m-section. */
    public record Section(
            MediaKind kind,
            String mid,
            boolean sends,
            boolean receives,
            @Nullable String msid) {
        /** The direction attribute. */
        public String direction() {
            if (sends) {
                return receives ? "sendrecv" : "sendonly";
            }
            return receives ? "recvonly" : "inactive";
        }
    }

    /**
     * A description made of m-sections such as {@code "audio sendrecv"}, whose mids count from 0.
     *
     * @param session the session id
     */
    public static FakeSdp of(String session, String... sections) {
        List<Section> made = new ArrayList<>();
        for (String section : sections) {
            int space = section.indexOf(' ');
            made.add(section(
                    section.substring(0, space), Integer.toString(made.size()), section.substring(space + 1), null));
        }
        return new FakeSdp(session, 1, "u" + session, made);
    }

    /** Reads SDP; null for what is none. */
    public static @Nullable FakeSdp parse(String text) {
        if (!text.startsWith("v=0")) {
            return null;
        }
        String session = "";
        long version = 0;
        String ufrag = "";
        List<Section> sections = new ArrayList<>();
        String kind = null;
        String mid = "";
        String direction = "sendrecv";
        String msid = null;
        for (String line : (text + "\r\nm=").split("\r?\n", -1)) {
            if (line.startsWith("o=")) {
                String[] origin = line.split(" ", -1);
                session = origin[1];
                version = Long.parseLong(origin[2]);
            } else if (line.startsWith("m=")) {
                if (kind != null && !kind.equals("application")) {
                    sections.add(section(kind, mid, direction, msid));
                }
                boolean rejected = line.contains(" 0 ");
                kind = line.substring(2, line.indexOf(" ") < 0 ? 2 : line.indexOf(" "));
                mid = Integer.toString(sections.size());
                direction = rejected ? "inactive" : "sendrecv";
                msid = null;
            } else if (line.startsWith("a=ice-ufrag:")) {
                ufrag = line.substring(12);
            } else if (line.startsWith("a=mid:")) {
                mid = line.substring(6);
            } else if (line.startsWith("a=msid:")) {
                msid = line.substring(7);
            } else if (List.of("a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive")
                    .contains(line)) {
                direction = line.substring(2);
            }
        }
        return new FakeSdp(session, version, ufrag, sections);
    }

    /** The description as SDP. */
    public String text() {
        StringBuilder text = new StringBuilder("v=0\r\no=- " + session + " " + version + " IN IP4 127.0.0.1\r\n");
        text.append("s=-\r\nt=0 0\r\n");
        if (!sections.isEmpty()) {
            text.append("a=group:BUNDLE");
            sections.forEach(section -> text.append(' ').append(section.mid));
            text.append("\r\n");
        }
        text.append("a=msid-semantic: WMS\r\n");
        for (Section section : sections) {
            boolean audio = section.kind == MediaKind.AUDIO;
            text.append(audio ? "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" : "m=video 9 UDP/TLS/RTP/SAVPF 100\r\n");
            text.append("c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n");
            text.append("a=ice-ufrag:").append(ufrag).append("\r\na=ice-pwd:0123456789abcdef01234567\r\n");
            text.append("a=fingerprint:sha-256 ").append("AB:".repeat(31)).append("AB\r\na=setup:actpass\r\n");
            text.append("a=mid:").append(section.mid).append("\r\na=").append(section.direction());
            text.append("\r\n");
            if (section.msid != null) {
                text.append("a=msid:").append(section.msid).append("\r\n");
            }
            text.append("a=rtcp-mux\r\n");
            text.append(audio ? "a=rtpmap:111 opus/48000/2\r\n" : "a=rtpmap:100 VP8/90000\r\n");
        }
        return text.toString();
    }

    private static Section section(String kind, String mid, String direction, @Nullable String msid) {
        return new Section(
                MediaKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                mid,
                direction.startsWith("send"),
                direction.equals("sendrecv") || direction.equals("recvonly"),
                msid);
    }
}
