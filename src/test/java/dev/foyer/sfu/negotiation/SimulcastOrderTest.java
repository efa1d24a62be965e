package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.protocol.sdp.Rid;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulcastOrderTest {
    @ParameterizedTest
    @CsvSource({
        "f h q, q h f",
        "q h f, q h f",
        "h m l, l m h",
        "hi mid lo, lo mid hi",
        "high low, low high",
        "full half quarter, quarter half full",
        "0 1 2, 0 1 2",
        "r2 r1 r0, r2 r1 r0",
        "h x l, h x l",
        "f, f",
    })
    void knowsCustomaryNames(String given, String lowestFirst) {
        assertEquals(
                lowestFirst, String.join(" ", SimulcastOrder.lowestFirst(Arrays.asList(given.split(" ")), Map.of())));
    }

    @Test
    void restrictionsAreSurerThanNames() {
        Map<String, Rid> restrictions = new HashMap<>();
        restrictions.put("l", new Rid("l", true, Map.of("max-width", "1280")));
        restrictions.put("h", new Rid("h", true, Map.of("max-width", "320")));

        assertEquals(List.of("h", "l"), SimulcastOrder.lowestFirst(List.of("l", "h"), restrictions));
    }

    @Test
    void restrictionsThatDoNotTellApartAreNotUsed() {
        Map<String, Rid> restrictions = new HashMap<>();
        restrictions.put("a", new Rid("a", true, Map.of("max-width", "640", "max-br", "500000")));
        restrictions.put("b", new Rid("b", true, Map.of("max-width", "640", "max-br", "100000")));

        assertEquals(List.of("b", "a"), SimulcastOrder.lowestFirst(List.of("a", "b"), restrictions));
    }
}
