package dev.foyer.app.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {
    private final LogLines lines = new LogLines();

    LogLinesTest() {
        lines.setZone(ZoneOffset.UTC);
    }

    @Test
    void writesALineForPeople() {
        LoggingEvent event = event("room {} opened as {}", "standup", "mansion");
        event.addKeyValuePair(new KeyValuePair("seconds", 1.5));

        assertEquals("12:34:56.789 INFO  Rooms - room standup opened as mansion seconds=1.5\n", encode(event));
    }

    @Test
    void writesOneJsonObjectALine() throws Exception {
        lines.setFormat("json");
        LoggingEvent event = event("room {} opened as {}", "stand\nup", "mansion");
        event.addKeyValuePair(new KeyValuePair("seconds", 1.5));
        event.addKeyValuePair(new KeyValuePair("participant", "x"));
        String line = encode(event);

        assertEquals(1, line.lines().count());
        JSONObject object = new JSONObject(line);
        assertEquals("2026-11-21T12:34:56.789Z", object.getString("time"));
        assertEquals("info", object.getString("level"));
        assertEquals("room.Rooms", object.getString("logger"));
        assertEquals("room stand\nup opened as mansion", object.getString("message"));
        assertEquals(1.5, object.getDouble("seconds"));
        assertEquals("x", object.getString("participant"));
    }

    @Test
    void letsNobodyBeginALine() {
        String line = encode(event("room {} opened", "x\n12:00:00.000 ERROR Main - all is lost\u2028"));

        assertEquals(1, line.lines().count());
        assertTrue(line.contains("\\u000a12:00:00"), line);
    }

    @Test
    void keepsAddressesOutOfArgumentsPairsAndTraces() {
        InetSocketAddress address = new InetSocketAddress("192.0.2.9", 9);
        for (String format : new String[] {"plain", "json"}) {
            lines.setFormat(format);
            LoggingEvent event = event("from {} to {}", address, "192.0.2.9");
            event.addKeyValuePair(new KeyValuePair("remote", address));
            event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(
                    new IOException("refused: /192.0.2.9:9", new IOException("[2001:db8::9]:1"))));
            String text = encode(event);

            assertFalse(text.contains("192.0.2.9"), text);
            assertFalse(text.contains("2001:db8"), text);
            assertTrue(text.contains("LogLinesTest.keepsAddressesOut"), text);
        }
    }

    private String encode(LoggingEvent event) {
        return new String(lines.encode(event), StandardCharsets.UTF_8);
    }

    private static LoggingEvent event(String message, Object... arguments) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("dev.foyer.room.Rooms"), Level.INFO, message, null, arguments);
        event.setInstant(Instant.parse("2026-11-21T12:34:56.789Z"));
        return event;
    }
}
