package dev.foyer.sfu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the descriptions of a plain client as text: Chromium's, shortened to what is looked at.
 */
public final class PlainClient {
    public static final String FINGERPRINT = "AB:" + "CD:".repeat(30) + "EF";

    /** One m-section as the client wants it. */
    private record Section(
            String kind, String mid, String direction, long ssrc, List<String> codecs, List<String> rids) {
        Section(String kind, String mid, String direction, long ssrc, List<String> codecs) {
            this(kind, mid, direction, ssrc, codecs, List.of());
        }
    }

    private final List<Section> sections = new ArrayList<>();
    private final Map<String, String> numbers = new HashMap<>();
    private String usernameFragment = "abcd";
    private String fingerprint = FINGERPRINT;
    private String setup = "actpass";

    /** Adds a section that offers Opus. */
    public PlainClient audio(String mid, String direction, long ssrc) {
        sections.add(new Section("audio", mid, direction, ssrc, List.of("opus")));
        return this;
    }

    /** Adds a section that offers VP8 with RTX and H.264. */
    public PlainClient video(String mid, String direction, long ssrc) {
        sections.add(new Section("video", mid, direction, ssrc, List.of("vp8", "h264")));
        return this;
    }

    /** Adds a section that offers the codecs named. */
    public PlainClient video(String mid, String direction, long ssrc, String... codecs) {
        sections.add(new Section("video", mid, direction, ssrc, List.of(codecs)));
        return this;
    }

    /** Adds a section that sends VP8 in encodings known by rid, lowest first. */
    public PlainClient simulcast(String mid, String... rids) {
        sections.add(new Section("video", mid, "sendonly", 0, List.of("vp8"), List.of(rids)));
        return this;
    }

    /** Adds a section for data channels. */
    public PlainClient data(String mid) {
        sections.add(new Section("application", mid, "sendrecv", 0, List.of()));
        return this;
    }

    /** Changes a section's direction; {@code stopped} for port 0. */
    public PlainClient direction(String mid, String direction) {
        sections.replaceAll(section -> section.mid().equals(mid)
                ? new Section(section.kind(), mid, direction, section.ssrc(), section.codecs())
                : section);
        return this;
    }

    /** Changes a section's ssrc. */
    public PlainClient ssrc(String mid, long ssrc) {
        sections.replaceAll(section -> section.mid().equals(mid)
                ? new Section(section.kind(), mid, section.direction(), ssrc, section.codecs())
                : section);
        return this;
    }

    /** Uses another payload type. */
    public PlainClient renumber(String from, String to) {
        numbers.put(from, to);
        return this;
    }

    public PlainClient usernameFragment(String next) {
        usernameFragment = next;
        return this;
    }

    public PlainClient fingerprint(String next) {
        fingerprint = next;
        return this;
    }

    public PlainClient setup(String next) {
        setup = next;
        return this;
    }

    public String offer() {
        StringBuilder sdp = session();
        sdp.append("a=group:BUNDLE");
        sections.stream()
                .filter(section -> !section.direction().equals("stopped"))
                .forEach(section -> sdp.append(' ').append(section.mid()));
        line(sdp, "");
        sections.forEach(section -> write(sdp, section));
        return sdp.toString().lines().map(this::renumbered).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private String renumbered(String line) {
        String result = line;
        if (line.matches("(m=|a=rtpmap|a=fmtp|a=rtcp-fb).*")) {
            for (Map.Entry<String, String> number : numbers.entrySet()) {
                result = result.replaceAll("\\b" + number.getKey() + "\\b", number.getValue());
            }
        }
        return result;
    }

    private static StringBuilder session() {
        StringBuilder sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=- 4711 2 IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        return sdp;
    }

    private void write(StringBuilder sdp, Section section) {
        String port = section.direction().equals("stopped") ? "0" : "9";
        if (section.kind().equals("application")) {
            line(sdp, "m=application " + port + " UDP/DTLS/SCTP webrtc-datachannel");
            line(sdp, "a=mid:" + section.mid());
            transport(sdp);
            return;
        }
        List<String> formats = new ArrayList<>();
        StringBuilder maps = new StringBuilder();
        for (String codec : section.codecs()) {
            codec(codec, formats, maps);
        }
        line(sdp, "m=" + section.kind() + " " + port + " UDP/TLS/RTP/SAVPF " + String.join(" ", formats));
        line(sdp, "c=IN IP4 0.0.0.0");
        line(sdp, "a=mid:" + section.mid());
        transport(sdp);
        line(sdp, "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid");
        if (!section.direction().equals("stopped")) {
            line(sdp, "a=" + section.direction());
        }
        line(sdp, "a=rtcp-mux");
        line(sdp, "a=rtcp-rsize");
        sdp.append(maps);
        if (!section.rids().isEmpty()) {
            line(sdp, "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id");
            line(sdp, "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id");
            section.rids().forEach(rid -> line(sdp, "a=rid:" + rid + " send"));
            line(sdp, "a=simulcast:send " + String.join(";", section.rids()));
        }
        if (section.direction().startsWith("send") && section.ssrc() != 0) {
            line(sdp, "a=msid:camera " + section.kind());
            line(sdp, "a=ssrc:" + section.ssrc() + " cname:client");
        }
    }

    private static void codec(String name, List<String> formats, StringBuilder maps) {
        switch (name) {
            case "opus" -> {
                formats.add("111");
                line(maps, "a=rtpmap:111 opus/48000/2");
                line(maps, "a=fmtp:111 minptime=10;useinbandfec=1");
            }
            case "vp8" -> {
                formats.addAll(List.of("96", "97"));
                line(maps, "a=rtpmap:96 VP8/90000");
                line(maps, "a=rtcp-fb:96 nack");
                line(maps, "a=rtcp-fb:96 nack pli");
                line(maps, "a=rtpmap:97 rtx/90000");
                line(maps, "a=fmtp:97 apt=96");
            }
            case "h264" -> {
                formats.add("98");
                line(maps, "a=rtpmap:98 H264/90000");
                line(maps, "a=rtcp-fb:98 nack pli");
                line(maps, "a=fmtp:98 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
            }
            default -> {
                formats.add("99");
                line(maps, "a=rtpmap:99 " + name.toUpperCase(Locale.ROOT) + "/90000");
            }
        }
    }

    private void transport(StringBuilder sdp) {
        line(sdp, "a=ice-ufrag:" + usernameFragment);
        line(sdp, "a=ice-pwd:0123456789012345678901234567");
        line(sdp, "a=ice-options:trickle");
        line(sdp, "a=fingerprint:sha-256 " + fingerprint);
        line(sdp, "a=setup:" + setup);
    }

    /**
     * An answer to an offer of the server's, section by section.
     *
     * @param directions of the client, in order; {@code stopped} for port 0, and what {@code sendrecv} and
     *     {@code sendonly} send has the ssrc 1,000 plus the index
     */
    public String answer(String offer, String... directions) {
        StringBuilder sdp = new StringBuilder();
        int index = -1;
        for (String line : offer.lines().toList()) {
            if (line.startsWith("m=")) {
                index++;
                boolean stopped = directions[index].equals("stopped");
                line(sdp, stopped ? line.replaceFirst(" \\d+ ", " 0 ") : line);
                if (!stopped) {
                    transport(sdp);
                    line(sdp, "a=" + directions[index]);
                }
                if (directions[index].startsWith("send")) {
                    line(sdp, "a=ssrc:" + (1_000 + index) + " cname:client");
                }
            } else if (line.startsWith("o=")) {
                line(sdp, "o=- 4711 2 IN IP4 127.0.0.1");
            } else if (!line.matches("a=(ice-.*|fingerprint.*|setup.*|candidate.*|end-of.*|ssrc.*|msid.*"
                    + "|sendrecv|sendonly|recvonly|inactive)")) {
                line(sdp, line);
            }
        }
        return sdp.toString();
    }

    /** The direction or {@code rejected} of each section of a description. */
    public static List<String> directions(String sdp) {
        List<String> directions = new ArrayList<>();
        for (String line : sdp.lines().toList()) {
            if (line.startsWith("m=")) {
                directions.add(line.matches("m=\\S+ 0 .*") ? "rejected" : "sendrecv");
            } else if (line.matches("a=(sendrecv|sendonly|recvonly|inactive)")
                    && !directions.isEmpty()
                    && !directions.getLast().equals("rejected")) {
                directions.set(directions.size() - 1, line.substring(2));
            }
        }
        return directions;
    }

    /** The values of an attribute, in order. */
    public static List<String> values(String sdp, String attribute) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=" + attribute + ":"))
                .map(line -> line.substring(attribute.length() + 3))
                .toList();
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
