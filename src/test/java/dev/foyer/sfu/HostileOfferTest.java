package dev.foyer.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.NegotiatedConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions with lines lost, doubled, swapped and scribbled on. */
class HostileOfferTest {
    private static final int ROUNDS = 300;
    private static final List<String> WORDS = List.of(
            "0",
            "1",
            "-1",
            "65536",
            "4294967295",
            "4294967296",
            "99999999999999999999",
            "",
            "*",
            "a=",
            "m=",
            "audio",
            "video",
            "sendrecv",
            "inactive",
            "96",
            "111",
            "apt=96",
            "mid",
            "FID 21 21",
            "SIM 21 22 23",
            "BUNDLE");

    private final ConnectionBench bench = new ConnectionBench();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isAnsweredOrRefusedAndLeavesTheConnectionInOrder(long seed) {
        Random random = new Random(seed);
        ConnectionPlan plan = ConnectionBench.plan(true, ConnectionBench.video("a", bench.camera()));
        PlainClient client = new PlainClient()
                .audio("0", "sendrecv", 11)
                .video("1", "sendrecv", 21)
                .data("2");
        String good = client.offer();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String id = bench.router.createConnection("peer");
            PeerConnection connection = bench.router.connection(id);
            if (random.nextBoolean()) {
                connection.answer(good, plan);
            }
            int load = bench.worker.load();
            try {
                if (random.nextBoolean()) {
                    check(connection.answer(spoiled(good, random), plan));
                } else {
                    String offer = connection.offer(plan).sdp();
                    load = bench.worker.load();
                    String[] directions = PlainClient.directions(offer).stream()
                            .map(direction -> direction.equals("rejected") ? "stopped" : "sendrecv")
                            .toArray(String[]::new);
                    check(connection.accept(
                            spoiled(new PlainClient().setup("active").answer(offer, directions), random)));
                }
            } catch (RefusedException _) {
                refused++;
                assertEquals(load, bench.worker.load());
            }
            check(connection.apply(plan));
            bench.router.closeTransport(id);
        }
        assertTrue(refused > ROUNDS / 20 && refused < ROUNDS * 19 / 20, refused + " refused");
        bench.router.close();
        assertTrue(bench.worker.isIdle());
    }

    private static void check(NegotiatedConnection negotiated) {
        assertTrue(negotiated.received().size() <= PeerConnection.MAX_RECEIVED);
    }

    private static String spoiled(String sdp, Random random) {
        List<String> lines = new ArrayList<>(sdp.lines().toList());
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, line);
                case 2 -> lines.set(at, lines.set(random.nextInt(lines.size()), line));
                case 3 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
                default -> {
                    int cut = 2 + random.nextInt(Math.max(1, line.length() - 2));
                    String word = WORDS.get(random.nextInt(WORDS.size()));
                    lines.set(at, line.substring(0, Math.min(cut, line.length())) + word);
                }
            }
        }
        return String.join("\r\n", lines) + "\r\n";
    }
}
