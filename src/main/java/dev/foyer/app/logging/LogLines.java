package dev.foyer.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes log events, as lines for people or as one JSON object a line. Nothing gets into a line that {@link Redaction}
 * keeps back, and what a client has chosen cannot begin a line of its own.
 *
 * <p>{@code logback.xml} makes it, and logback calls it under its appender's lock.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NONE = {};
    private static final String PREFIX = "dev.foyer.";
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private ZoneId zone = ZoneId.systemDefault();
    private boolean json;

    /** Sets the format: {@code json}, or else plain lines. */
    public void setFormat(String format) {
        json = format.equals("json");
    }

    /** Sets whose time of day plain lines show. JSON has UTC. */
    void setZone(ZoneId newZone) {
        zone = newZone;
    }

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return json ? object(event) : line(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }

    private String line(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        TIME_OF_DAY.formatTo(instant(event).atZone(zone), line);
        line.append(' ').append("%-5s".formatted(event.getLevel())).append(' ');
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(" - ");
        line.append(oneLine(message(event)));
        for (KeyValuePair pair : pairs(event)) {
            line.append(' ').append(pair.key).append('=').append(oneLine(Redaction.show(pair.value)));
        }
        line.append('\n');
        String trace = trace(event);
        return trace == null ? line.toString() : line.append(trace).toString();
    }

    private static byte[] object(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", instant(event).toString());
        fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        String logger = event.getLoggerName();
        fields.put("logger", logger.startsWith(PREFIX) ? logger.substring(PREFIX.length()) : logger);
        fields.put("message", message(event));
        for (KeyValuePair pair : pairs(event)) {
            boolean plain = pair.value instanceof Number || pair.value instanceof Boolean;
            fields.put(pair.key, plain ? pair.value : Redaction.show(pair.value));
        }
        String trace = trace(event);
        if (trace != null) {
            fields.put("exception", trace);
        }
        return (JsonMapper.shared().writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String message(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        if (arguments == null) {
            return Redaction.text(String.valueOf(event.getMessage()));
        }
        Object[] shown = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            shown[i] = Redaction.show(arguments[i]);
        }
        return Redaction.text(String.valueOf(MessageFormatter.basicArrayFormat(event.getMessage(), shown)));
    }

    private static @Nullable String trace(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? null : Redaction.text(ThrowableProxyUtil.asString(thrown));
    }

    private static List<KeyValuePair> pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    private static Instant instant(ILoggingEvent event) {
        return Instant.ofEpochMilli(event.getTimeStamp());
    }

    /** Control characters as escapes. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
                line.append("\\u%04x".formatted((int) character));
            } else {
                line.append(character);
            }
        }
        return line.toString();
    }
}
