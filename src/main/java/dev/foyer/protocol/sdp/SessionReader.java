package dev.foyer.protocol.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a session description line by line. */
final class SessionReader {
    private static final int MAX_SECTIONS = 256;
    private static final int MAX_BUNDLES = 256;

    private final LineReader line;
    private final TransportReader transport = new TransportReader();
    private final RtpReader rtp = new RtpReader();
    private final List<List<String>> bundles = new ArrayList<>();
    private final List<MediaReader> sections = new ArrayList<>();
    private @Nullable Origin origin;
    private @Nullable Direction direction;
    private boolean iceLite;

    SessionReader(String sdp) throws SdpException {
        line = new LineReader(sdp);
    }

    SessionDescription read() throws SdpException {
        if (!line.next() || line.type() != 'v' || !line.value().strip().equals("0")) {
            throw new SdpException("a description begins with v=0");
        }
        while (line.next()) {
            switch (line.type()) {
                case 'o' -> {
                    line.check(origin == null && sections.isEmpty(), "is a second o= line");
                    origin = origin(line.fields());
                }
                case 'm' -> {
                    line.check(sections.size() < MAX_SECTIONS, "is one section too many: " + MAX_SECTIONS);
                    sections.add(new MediaReader(line.fields(), line));
                }
                case 'a' -> attribute(line.attributeName());
                default -> {}
            }
        }
        Origin known = origin;
        if (known == null) {
            throw new SdpException("the o= line is missing");
        }
        TransportDescription common = transport.read();
        List<MediaDescription> media = new ArrayList<>();
        Set<String> mids = new HashSet<>();
        for (MediaReader section : sections) {
            MediaDescription description = section.read(common, rtp, direction);
            media.add(description);
            if (description.mid() != null && !mids.add(description.mid())) {
                throw new SdpException("two sections have one mid");
            }
        }
        return new SessionDescription(known, iceLite, bundles, media);
    }

    private Origin origin(Fields fields) throws SdpException {
        String username = fields.token("username");
        String sessionId = digits(fields.token("session id"));
        String version = digits(fields.token("session version"));
        return new Origin(username, sessionId, version);
    }

    private String digits(String text) throws SdpException {
        line.check(
                text.length() <= 20 && text.chars().allMatch(character -> character >= '0' && character <= '9'),
                "has a session id or version that is no number");
        return text;
    }

    private void attribute(String name) throws SdpException {
        if (!sections.isEmpty()) {
            sections.getLast().take(name, line);
            return;
        }
        switch (name) {
            case "group" -> group(line.attributeFields());
            case "ice-lite" -> iceLite = true;
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

    private void group(Fields fields) throws SdpException {
        if (!fields.token("group semantics").equals("BUNDLE")) {
            return;
        }
        line.check(bundles.size() < MAX_BUNDLES, "is one bundle too many");
        List<String> mids = new ArrayList<>();
        while (fields.hasNext()) {
            mids.add(fields.token("mid"));
        }
        bundles.add(mids);
    }
}
