package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.fuzz.FuzzTarget;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.sdp.ClientSdp;
import dev.foyer.protocol.sdp.SdpInputs;
import dev.foyer.protocol.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** An offer is refused, or answered with a description that is read again and has its sections. */
class RemoteDescriptionFuzzTest implements FuzzTarget {
    @Override
    public List<byte[]> corpus() {
        return ClientSdp.OFFERS.stream()
                .map(name -> ClientSdp.read(name).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return SdpInputs.WORDS;
    }

    @Override
    public int longest() {
        return 12_000;
    }

    @Override
    public int runs() {
        return 3_000;
    }

    /** Two descriptions with all their codecs are made of one. */
    @Override
    public long heapBound(int length) {
        return 2_000_000 + 1_000L * length;
    }

    @Override
    public Object examine(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        RemoteDescription offer;
        try {
            offer = RemoteDescription.offer(text, Negotiating.ROUTER);
        } catch (NegotiationException refusal) {
            return SdpInputs.refusal(refusal, text);
        }
        String written = Negotiating.answer(offer).toSdp();
        SessionDescription answer = SessionDescription.parse(written);
        assertEquals(offer.sections().size(), answer.media().size());
        // Candidates, fingerprint and credentials of the server stand in each section.
        assertTrue(written.length()
                <= 4_000 + 4 * text.length() + 2_000 * offer.sections().size());
        int produced = 0;
        for (RemoteSection section : offer.sections()) {
            MediaKind kind = section.kind();
            RtpParameters sent = section.sent();
            if (kind != null && sent != null && produces(kind, sent, section)) {
                produced++;
            }
        }
        return List.of(offer.sections().size(), offer.bundled(), produced);
    }

    private static boolean produces(MediaKind kind, RtpParameters sent, RemoteSection section) {
        try {
            RtpParameters consumable = ProducerNegotiation.of(kind, sent, Negotiating.ROUTER, null, new Random(1))
                    .consumable();
            SectionSending.of(consumable, section.capabilities(), section.mid(), Negotiating.track(kind));
            return true;
        } catch (NegotiationException refusal) {
            assertTrue(String.valueOf(refusal.getMessage()).length() > 5);
            return false;
        }
    }
}
