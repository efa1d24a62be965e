package dev.foyer.loadtest;

/** Text that looks like a browser's session description, because escapes and line ends are part of what parsing costs. */
final class Sdp {
    private static final String LINE_END = "\\r\\n";
    private static final String HEAD = String.join(
            LINE_END,
            "v=0",
            "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0",
            "a=msid-semantic: WMS stream",
            "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
            "c=IN IP4 0.0.0.0",
            "a=ice-ufrag:Xq2B",
            "a=ice-pwd:cAkSYzLWmCeBpQpVdGX1ZnDt",
            "a=setup:actpass",
            "a=mid:0",
            "a=sendrecv",
            "a=rtcp-mux",
            "a=rtpmap:96 VP8/90000",
            "");

    private Sdp() {}

    /** About that many bytes, or what the fixed lines take, as the inside of a JSON string. */
    static String text(int bytes) {
        StringBuilder text = new StringBuilder(HEAD);
        for (int id = 1; text.length() < bytes; id++) {
            text.append("a=extmap:")
                    .append(id)
                    .append(" urn:ietf:params:rtp-hdrext:toffset")
                    .append(LINE_END);
        }
        return text.toString();
    }
}
