package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.sdp.ClientSdp;
import dev.foyer.protocol.sdp.SdpException;
import dev.foyer.protocol.sdp.SessionDescription;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Drops, doubles and swaps lines of real offers: each is refused, or answered with a description that holds. */
class HostileDescriptionTest {
    private static final int MUTANTS = 250;

    private int answered;
    private int refused;

    @Test
    void refusesOrAnswersMutants() throws SdpException {
        for (String client : ClientSdp.OFFERS) {
            Random random = new Random(client.hashCode());
            String[] lines = ClientSdp.read(client).split("\r?\n");
            for (int i = 0; i < MUTANTS; i++) {
                outcome(mutant(lines, random));
            }
        }
        assertTrue(answered > 500 && refused > 500, answered + " answered, " + refused + " refused");
    }

    private void outcome(String sdp) throws SdpException {
        RemoteDescription offer;
        try {
            offer = RemoteDescription.offer(sdp, Negotiating.ROUTER);
        } catch (NegotiationException _) {
            refused++;
            return;
        }
        SessionDescription answer =
                SessionDescription.parse(Negotiating.answer(offer).toSdp());
        assertEquals(offer.sections().size(), answer.media().size());
        for (RemoteSection section : offer.sections()) {
            MediaKind kind = section.kind();
            RtpParameters sent = section.sent();
            if (kind != null && sent != null) {
                produce(kind, sent, section);
            }
        }
        answered++;
    }

    private static void produce(MediaKind kind, RtpParameters sent, RemoteSection section) {
        try {
            RtpParameters consumable = ProducerNegotiation.of(kind, sent, Negotiating.ROUTER, null, new Random(1))
                    .consumable();
            SectionSending.of(consumable, section.capabilities(), section.mid(), Negotiating.track(kind));
        } catch (NegotiationException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 5);
        }
    }

    private static String mutant(String[] lines, Random random) {
        String[] text = lines.clone();
        for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
            int at = 3 + random.nextInt(text.length - 3);
            int other = 3 + random.nextInt(text.length - 3);
            switch (random.nextInt(5)) {
                case 0 -> text[at] = "";
                case 1 -> text[at] = text[other];
                case 2 -> text[at] = text[at] + "\n" + text[other];
                case 3 -> text[at] = text[at].replaceFirst("[0-9]+", Integer.toString(random.nextInt(200)));
                default -> {
                    String kept = text[at];
                    text[at] = text[other];
                    text[other] = kept;
                }
            }
        }
        return String.join("\n", text) + "\n";
    }
}
