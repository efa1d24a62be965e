package dev.foyer.protocol.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what {@code rtpmap}, {@code fmtp} and {@code rtcp-fb} say of each payload type. */
final class FormatReader {
    private static final int MAX_FORMATS = 256;
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_FEEDBACK = 16;
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final int MAX_CLOCK_RATE = 1_000_000;
    private static final int MAX_CHANNELS = 255;
    private static final int ANY = -1;

    private final Map<Integer, PayloadFormat> maps = new HashMap<>();
    private final Map<Integer, Map<String, String>> parameters = new HashMap<>();
    private final Map<Integer, List<Feedback>> feedback = new HashMap<>();

    /** {@code rtpmap:<payload type> <name>/<clock rate>[/<channels>]} (RFC 8866 section 6.6). */
    void rtpmap(LineReader line, Fields fields) throws SdpException {
        int payloadType = payloadType(fields);
        String[] parts = fields.token("encoding").split("/", -1);
        line.check(parts.length >= 2 && parts.length <= 3 && !parts[0].isEmpty(), "has no <name>/<clock rate>");
        line.check(maps.size() < MAX_FORMATS, "is one rtpmap too many");
        maps.putIfAbsent(
                payloadType,
                new PayloadFormat(
                        payloadType,
                        parts[0],
                        (int) Fields.number(line, parts[1], "clock rate", 1, MAX_CLOCK_RATE),
                        parts.length == 2 ? 1 : (int) Fields.number(line, parts[2], "channels", 1, MAX_CHANNELS),
                        Map.of(),
                        List.of()));
    }

    void fmtp(LineReader line, Fields fields) throws SdpException {
        int payloadType = payloadType(fields);
        parameters.computeIfAbsent(payloadType, _ -> new LinkedHashMap<>()).putAll(parameters(line, fields.rest()));
        line.check(parameters.getOrDefault(payloadType, Map.of()).size() <= MAX_PARAMETERS, "has too many parameters");
    }

    /** {@code rtcp-fb:<payload type>|* <type> [<parameter>]} (RFC 4585 section 4.2). */
    void feedback(LineReader line, Fields fields) throws SdpException {
        String first = fields.token("payload type");
        int payloadType =
                first.equals("*") ? ANY : (int) Fields.number(line, first, "payload type", 0, MAX_PAYLOAD_TYPE);
        List<Feedback> list = feedback.computeIfAbsent(payloadType, _ -> new ArrayList<>());
        line.check(list.size() < MAX_FEEDBACK, "is one rtcp-fb too many");
        String type = fields.token("feedback type");
        StringBuilder parameter = new StringBuilder();
        while (fields.hasNext()) {
            parameter.append(parameter.isEmpty() ? "" : " ").append(fields.token("feedback parameter"));
        }
        list.add(new Feedback(type, parameter.toString()));
    }

    /**
     * @param order formats of the {@code m=} line
     */
    List<PayloadFormat> read(List<String> order) {
        List<PayloadFormat> formats = new ArrayList<>();
        List<Feedback> any = List.copyOf(new LinkedHashSet<>(feedback.getOrDefault(ANY, List.of())));
        for (String each : new LinkedHashSet<>(order)) {
            PayloadFormat map = format(each);
            if (map != null) {
                formats.add(new PayloadFormat(
                        map.payloadType(),
                        map.encodingName(),
                        map.clockRate(),
                        map.channels(),
                        parameters.getOrDefault(map.payloadType(), Map.of()),
                        feedback(map.payloadType(), any)));
            }
        }
        return formats;
    }

    private List<Feedback> feedback(int payloadType, List<Feedback> any) {
        List<Feedback> own = feedback.get(payloadType);
        if (own == null) {
            return any;
        }
        LinkedHashSet<Feedback> all = new LinkedHashSet<>(own);
        all.addAll(any);
        return List.copyOf(all);
    }

    private @Nullable PayloadFormat format(String payloadType) {
        boolean number = payloadType.length() <= 3
                && payloadType.chars().allMatch(character -> character >= '0' && character <= '9');
        return number ? maps.get(Integer.parseInt(payloadType)) : null;
    }

    /** {@code name=value;name=value}; a name may stand alone. */
    static Map<String, String> parameters(LineReader line, String text) throws SdpException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            String parameter = part.strip();
            if (!parameter.isEmpty()) {
                line.check(parameters.size() < MAX_PARAMETERS, "has too many parameters");
                line.check(
                        parameter.chars().allMatch(character -> character >= ' ' && character < 127),
                        "has a character that a parameter cannot have");
                int equals = parameter.indexOf('=');
                parameters.put(
                        equals < 0 ? parameter : parameter.substring(0, equals).strip(),
                        equals < 0 ? "" : parameter.substring(equals + 1).strip());
            }
        }
        return parameters;
    }

    private static int payloadType(Fields fields) throws SdpException {
        return (int) fields.number("payload type", 0, MAX_PAYLOAD_TYPE);
    }
}
