package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Nothing passes for this machine but its names and what Java itself takes for a loopback address. */
class LoopbackFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return List.of(
                bytes("localhost:3000"),
                bytes("127.0.0.1:80"),
                bytes("[::1]:3000"),
                bytes("a.localhost"),
                bytes("http://localhost:3000"),
                bytes("https://[::1]"),
                bytes("example.org:3000"),
                bytes("localhost.example.org"),
                bytes("[::ffff:127.0.0.1]"));
    }

    @Override
    public List<String> words() {
        return List.of(
                "localhost",
                ".localhost",
                "127.",
                "@",
                ":",
                "[",
                "]",
                "::1",
                "%",
                "%25lo",
                "0",
                ".",
                "#",
                "/",
                "http://",
                "\u0000",
                "\u212a",
                "evil.org",
                ",");
    }

    @Override
    public Object examine(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        boolean host = Loopback.isLoopbackHost(text);
        boolean authority = Loopback.isLoopbackAuthority(text);
        boolean origin = Loopback.isLoopbackOrigin(text);
        if (host) {
            assertTrue(isOurs(text), "host");
        }
        if (authority) {
            int port = text.lastIndexOf(':');
            boolean bare = port < 0 || text.endsWith("]") || text.indexOf(']') > port;
            assertTrue(isOurs(bare ? text : text.substring(0, port)), "authority");
        }
        if (origin) {
            String rest = text.substring(text.indexOf("://") + 3);
            assertTrue(
                    rest.contains("localhost")
                            || rest.toLowerCase(Locale.ROOT).contains("localhost")
                            || rest.contains("127.")
                            || rest.contains(":"),
                    "origin");
        }
        return List.of(host, authority, origin);
    }

    private static boolean isOurs(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            // Four numbers of up to three digits, some above 255, resolve to nothing at all.
            return name.matches("127(\\.[0-9]{1,3}){3}");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
