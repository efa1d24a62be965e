package dev.foyer.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fragment of trickle ICE, {@code application/trickle-ice-sdpfrag} (RFC 8840 section 9): candidates that came after
 * their description, and for an ICE restart new credentials.
 *
 * @param transport what it says for all sections
 * @param sections what it says for single ones; credentials of the fragment stand here too
 */
public record SdpFragment(TransportDescription transport, List<Section> sections) {
    private static final int MAX_SECTIONS = 256;

    public SdpFragment {
        sections = List.copyOf(sections);
    }

    /**
     * A media section of the fragment, known by its pseudo {@code m=} line and its mid.
     *
     * @param line its first line; the port is 9 or 0 and means nothing
     * @param mid its name, or null
     * @param transport credentials and candidates
     */
    public record Section(MediaLine line, @Nullable String mid, TransportDescription transport) {}

    /**
     * Reads a fragment. Lines end in LF or CRLF; attributes that are not of ICE are passed over.
     *
     * @throws SdpException when it is malformed or beyond a limit
     */
    public static SdpFragment parse(String text) throws SdpException {
        LineReader line = new LineReader(text);
        TransportReader session = new TransportReader();
        List<MediaReader> sections = new ArrayList<>();
        while (line.next()) {
            if (line.type() == 'm') {
                line.check(sections.size() < MAX_SECTIONS, "is one section too many: " + MAX_SECTIONS);
                sections.add(new MediaReader(line.fields(), line));
            } else if (line.type() == 'a' && sections.isEmpty()) {
                session.take(line.attributeName(), line);
            } else if (line.type() == 'a') {
                sections.getLast().take(line.attributeName(), line);
            }
        }
        TransportDescription common = session.read();
        List<Section> read = new ArrayList<>();
        for (MediaReader section : sections) {
            MediaDescription media = section.read(common, new RtpReader(), null);
            read.add(new Section(media.line(), media.mid(), media.transport()));
        }
        return new SdpFragment(common, read);
    }

    /** ICE user name of the fragment or of its first section that has one, or null. */
    public @Nullable String usernameFragment() {
        String found = transport.usernameFragment();
        for (Section section : sections) {
            found = found == null ? section.transport().usernameFragment() : found;
        }
        return found;
    }

    /** ICE password beside {@link #usernameFragment()}, or null. */
    public @Nullable String password() {
        String found = transport.password();
        for (Section section : sections) {
            found = found == null ? section.transport().password() : found;
        }
        return found;
    }

    /** The fragment as text, lines ending in CRLF. Credentials that sections repeat are written once. */
    public String toSdp() {
        StringBuilder text = new StringBuilder();
        TransportWriter.credentials(transport, text);
        TransportWriter.candidates(transport, text);
        for (Section section : sections) {
            MediaLine line = section.line();
            text.append("m=")
                    .append(line.media())
                    .append(' ')
                    .append(line.port())
                    .append(' ')
                    .append(line.protocol())
                    .append(' ')
                    .append(String.join(" ", line.formats()))
                    .append("\r\n");
            if (section.mid() != null) {
                text.append("a=mid:").append(section.mid()).append("\r\n");
            }
            TransportDescription own = section.transport();
            if (own.usernameFragment() != null && !own.usernameFragment().equals(transport.usernameFragment())) {
                TransportWriter.credentials(own, text);
            }
            TransportWriter.candidates(own, text);
        }
        return text.toString();
    }
}
