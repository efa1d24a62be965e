package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcTableTest {
    @Test
    void agreesWithAMap() {
        SsrcTable<String> table = new SsrcTable<>();
        Map<Long, String> model = new HashMap<>();
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            long ssrc = random.nextInt(200) * 0x0155_5555L & 0xFFFF_FFFFL;
            if (random.nextInt(3) == 0) {
                table.remove(ssrc);
                model.remove(ssrc);
            } else {
                table.put(ssrc, "v" + i);
                model.put(ssrc, "v" + i);
            }
            assertEquals(model.size(), table.size());
            assertEquals(model.get(ssrc), table.get(ssrc));
        }
        for (long number = 0; number < 200; number++) {
            long ssrc = number * 0x0155_5555L & 0xFFFF_FFFFL;
            assertEquals(model.get(ssrc), table.get(ssrc));
        }
    }
}
