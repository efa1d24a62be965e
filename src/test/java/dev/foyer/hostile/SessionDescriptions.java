package dev.foyer.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.app.CallClient;
import dev.foyer.fuzz.Mutator;
import dev.foyer.protocol.sdp.SdpInputs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.json.JSONObject;

/** Spoiled offers and answers to the server's own end of plain connections, and by WHIP. */
final class SessionDescriptions implements Attack {
    private static final int SPOILED = 150;
    private static final int BY_WHIP = 20;
    private static final int LONGEST = 12_000;

    private final List<CallClient> open = new ArrayList<>();

    @Override
    public void wave(ServerUnderAttack server) throws Exception {
        CallClient host = CallClient.connected(server.port());
        open.add(host);
        host.data("joinRoom", new JSONObject(Map.of("callId", "attacked-sdp", "userId", "host")));
        Mutator mutator = new Mutator(new Random(11), SdpInputs.WORDS, LONGEST);
        CallClient guide = CallClient.connected(server.port());
        open.add(guide);
        JSONObject join =
                new JSONObject(Map.of("roomId", "attacked-sdp", "userId", "eve", "mediaState", new JSONObject()));
        assertTrue(guide.ask("join-room", join).getBoolean("success"));
        assertEquals("sfu", guide.await("room-state").json().getString("mode"));
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < SPOILED; i++) {
            String type = i % 3 == 0 ? "answer" : "offer";
            String sdp = spoiled(mutator);
            JSONObject message = new JSONObject()
                    .put("roomId", "attacked-sdp")
                    .put("targetUserId", "host")
                    .put(type, new JSONObject(Map.of("type", type, "sdp", sdp)));
            JSONObject reply = guide.ask("webrtc-" + type, message);
            if (!reply.getBoolean("success") && reply.getString("code").equals("INTERNAL")) {
                broken.add(sdp + " -> " + reply);
            }
        }
        for (int i = 0; i < BY_WHIP; i++) {
            String sdp = spoiled(mutator);
            String response = RawHttp.exchange(
                    server.port(),
                    RawHttp.request("POST", "/whip/attacked-sdp", "Content-Type: application/sdp\r\n", sdp));
            if (RawHttp.status(response) >= 500) {
                broken.add(sdp + " -> " + response);
            }
            int location = response.indexOf("/whip/attacked-sdp/session/");
            if (location > 0) {
                String session = response.substring(location, response.indexOf("\r\n", location));
                assertEquals(
                        200,
                        RawHttp.status(RawHttp.exchange(server.port(), RawHttp.request("DELETE", session, "", ""))));
            }
        }
        assertEquals(List.of(), broken);
    }

    /** In characters of one byte, so that it is the same for HTTP. */
    private static String spoiled(Mutator mutator) {
        return new String(mutator.next(SdpInputs.descriptions()), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void cease() {
        open.forEach(CallClient::close);
        open.clear();
    }
}
