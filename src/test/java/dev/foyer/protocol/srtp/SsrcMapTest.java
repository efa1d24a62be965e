package dev.foyer.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcMapTest {
    @Test
    void agreesWithAHashMap() {
        SsrcMap<Integer> map = new SsrcMap<>();
        Map<Integer, Integer> model = new HashMap<>();
        Random random = new Random(7);
        for (int step = 0; step < 20_000; step++) {
            int ssrc = random.nextInt(600) * 4096;
            if (random.nextInt(500) == 0) {
                int keep = random.nextInt(3);
                map.retain(value -> value % 3 != keep);
                model.values().removeIf(value -> value % 3 == keep);
            } else {
                map.put(ssrc, step);
                model.put(ssrc, step);
            }
            assertEquals(model.size(), map.size());
            int probe = random.nextInt(600) * 4096;
            assertEquals(model.get(probe), map.get(probe));
        }
    }
}
