package dev.foyer.room;

import dev.foyer.ortc.MediaKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a room has to know of a session description (RFC 8866) that it passes on. Reads whatever it is given: what is not
 * there, or not SDP, is missing.
 *
 * @param session the session id of the {@code o=} line, which is one peer connection's for as long as it lives; null when
 *     there is none
 * @param ufrags ICE user name fragments
 * @param sections the m-sections that carry RTP, in order
 */
record SdpOutline(@Nullable String session, Set<String> ufrags, List<Section> sections) {
    /** Clients write a number of 64 bits. */
    private static final int MAX_SESSION = 64;

    /** RFC 8839, section 5.4. */
    private static final int MAX_UFRAG = 256;

    private static final int MAX_UFRAGS = 64;

    /** What the maker of the description does in one m-section. */
    record Section(MediaKind kind, boolean sends, boolean receives) {}

    static SdpOutline of(String sdp) {
        Reader reader = new Reader();
        sdp.lines().forEach(reader::read);
        reader.endSection();
        return new SdpOutline(reader.session, Set.copyOf(reader.ufrags), List.copyOf(reader.sections));
    }

    /** Whether its maker sends anything. */
    boolean sends() {
        return sections.stream().anyMatch(Section::sends);
    }

    /** On how many m-sections of a kind its maker receives. */
    int receiving(MediaKind kind) {
        return (int) sections.stream()
                .filter(section -> section.kind == kind && section.receives)
                .count();
    }

    private static final class Reader {
        private @Nullable String session;
        private final Set<String> ufrags = new HashSet<>();
        private final List<Section> sections = new ArrayList<>();
        private String sessionDirection = "sendrecv";
        private boolean inSection;
        private @Nullable MediaKind kind;
        private String direction = "";
        private boolean rejected;

        private void read(String line) {
            if (line.startsWith("o=")) {
                String[] origin = line.split(" ", 3);
                session = origin.length > 1 && origin[1].length() <= MAX_SESSION ? origin[1] : null;
            } else if (line.startsWith("m=")) {
                endSection();
                inSection = true;
                kind = line.startsWith("m=audio ")
                        ? MediaKind.AUDIO
                        : line.startsWith("m=video ") ? MediaKind.VIDEO : null;
                rejected = line.startsWith(" 0 ", line.indexOf(' '));
                direction = sessionDirection;
            } else if (line.equals("a=bundle-only")) {
                // Port 0 then means that the section shares the port of another (RFC 8843, section 6).
                rejected = false;
            } else if (line.startsWith("a=ice-ufrag:")) {
                String ufrag = line.substring("a=ice-ufrag:".length());
                if (ufrag.length() <= MAX_UFRAG && ufrags.size() < MAX_UFRAGS) {
                    ufrags.add(ufrag);
                }
            } else if (line.equals("a=sendrecv")
                    || line.equals("a=sendonly")
                    || line.equals("a=recvonly")
                    || line.equals("a=inactive")) {
                if (inSection) {
                    direction = line.substring(2);
                } else {
                    sessionDirection = line.substring(2);
                }
            }
        }

        private void endSection() {
            if (kind != null) {
                sections.add(new Section(
                        kind,
                        !rejected && direction.startsWith("send"),
                        !rejected && (direction.equals("sendrecv") || direction.equals("recvonly"))));
            }
            kind = null;
        }
    }
}
