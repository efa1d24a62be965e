package dev.foyer.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SendRunsTest {
    private static InetSocketAddress address(int number) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
    }

    @Test
    void givesEachDestinationOneRunATurn() {
        SendRuns runs = new SendRuns(4);
        Random random = new Random(3);
        for (int turn = 0; turn < 50; turn++) {
            Map<InetSocketAddress, SendRun> model = new HashMap<>();
            int destinations = 1 + random.nextInt(300);
            for (int i = 0; i < 1_000; i++) {
                InetSocketAddress address = address(1 + random.nextInt(destinations));
                SendRun run = runs.of(address);
                SendRun known = model.putIfAbsent(address, run);
                if (known != null) {
                    assertSame(known, run);
                }
                assertEquals(address, run.remote);
            }
            assertEquals(model.size(), runs.size());
            runs.clear();
            assertEquals(0, runs.size());
        }
    }

    @Test
    void listsDestinationsInTheOrderOfFirstUse() {
        SendRuns runs = new SendRuns(2);
        SendRun[] first = new SendRun[20];
        for (int i = 0; i < first.length; i++) {
            first[i] = runs.of(address(100 - i));
        }
        for (int i = 0; i < first.length; i++) {
            assertSame(first[i], runs.get(i));
        }
        assertNotSame(first[0], first[1]);
    }
}
