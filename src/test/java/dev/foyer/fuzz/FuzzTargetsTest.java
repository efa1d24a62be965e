package dev.foyer.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzTargetsTest {
    @Test
    void standBesideTheParsersThatTheyAreNamedFor() {
        assertFalse(FuzzTargets.names().isEmpty());
        FuzzTargets.names().forEach((name, type) -> {
            String parser = type.substring(0, type.length() - "FuzzTest".length());
            assertTrue(exists(parser), type + " is a fuzzer of nothing: there is no " + parser);
        });
    }

    @Test
    void areFoundByTheNameOfTheParserToo() {
        assertTrue(FuzzTargets.matching("StunReader").equals(List.of("StunReaderFuzzTest")));
        assertTrue(FuzzTargets.matching("Nobody").isEmpty());
        assertTrue(FuzzTargets.matching("").size() > 1);
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, FuzzTargetsTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }
}
