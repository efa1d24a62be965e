package dev.foyer.hostile;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;

/** JSON values that no field expects. */
final class HostileValues {
    static final String PROTOTYPE =
            "{\"__proto__\":{\"admin\":true},\"constructor\":{\"prototype\":{\"role\":\"moderator\"}},\"toString\":1}";

    private HostileValues() {}

    /**
     * All of them.
     *
     * @param names ids that exist and are none of the attacker's business
     */
    static List<String> all(List<String> names) {
        List<String> values = new ArrayList<>(List.of(
                "null",
                "true",
                "-1",
                "1e999",
                "1e-400",
                "18446744073709551616",
                "0.1",
                "\"\"",
                "\"\\u0000\"",
                "\"\\ud800\"",
                JSONObject.quote("x".repeat(100_000)),
                "\"__proto__\"",
                "\"constructor\"",
                "\"../../../../etc/passwd\"",
                "\"%2e%2e%2f%2e%2e%2fetc%2fpasswd\"",
                "\"%252e%252e%252fetc\"",
                "\"a\\r\\nSet-Cookie: evil=1\"",
                "[]",
                "[null]",
                "{}",
                PROTOTYPE,
                nested(20),
                nested(31),
                nested(33),
                nested(5_000),
                "[" + "0,".repeat(5_000) + "0]",
                "{\"_placeholder\":true,\"num\":0}"));
        names.forEach(name -> values.add(JSONObject.quote(name)));
        return values;
    }

    /** A value that deep. */
    static String nested(int depth) {
        return "{\"a\":[".repeat(depth / 2) + "1" + "]}".repeat(depth / 2);
    }
}
