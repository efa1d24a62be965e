package dev.foyer.sfu.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpEncodingParameters;
import dev.foyer.ortc.RtpParameters;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PipeParametersTest {
    private static final RtpCapabilities ROUTER = RouterCapabilities.defaults();

    @Test
    void carriesEveryEncodingUnderItsOwnSsrcs() throws NegotiationException {
        RtpParameters pipe = PipeParameters.of(simulcast().consumable(), true, new Random(3));

        Set<Long> ssrcs = new HashSet<>();
        for (RtpEncodingParameters encoding : pipe.encodings()) {
            ssrcs.add(encoding.ssrc());
            ssrcs.add(encoding.rtx().ssrc());
            assertEquals("L1T3", encoding.scalabilityMode());
        }
        assertEquals(3, pipe.encodings().size());
        assertEquals(6, ssrcs.size());
    }

    @Test
    void leavesOutWhatBelongsToATransport() throws NegotiationException {
        RtpParameters pipe = PipeParameters.of(simulcast().consumable(), true, new Random(3));

        assertEquals(
                List.of(11, 12, 13, 14),
                pipe.headerExtensions().stream()
                        .map(extension -> extension.id())
                        .toList());
        assertEquals(Set.of("nack ", "nack pli", "ccm fir"), feedback(pipe));
    }

    @Test
    void repairsNothingUnlessTold() throws NegotiationException {
        RtpParameters pipe = PipeParameters.of(simulcast().consumable(), false, new Random(3));

        assertEquals(1, pipe.codecs().size());
        assertEquals(Set.of("nack pli", "ccm fir"), feedback(pipe));
        assertTrue(pipe.encodings().stream().allMatch(encoding -> encoding.rtx() == null));
    }

    @Test
    void isProducedAgainInTheNextRouterAsItWas() throws NegotiationException {
        ProducerNegotiation here = simulcast();
        RtpParameters pipe = PipeParameters.of(here.consumable(), true, new Random(3));
        ProducerNegotiation there = ProducerNegotiation.of(
                MediaKind.VIDEO, pipe, ROUTER, here.consumable().rtcp().cname(), new Random(4));

        assertEquals(here.consumable().codecs(), there.consumable().codecs());
        assertEquals(here.consumable().rtcp(), there.consumable().rtcp());
        assertEquals(here.consumable().msid(), there.consumable().msid());
        assertEquals(here.type(), there.type());
    }

    private static ProducerNegotiation simulcast() throws NegotiationException {
        RtpParameters parameters = BrowserRecording.CHROMIUM.parameters("video-vp8-simulcast");
        return ProducerNegotiation.of(MediaKind.VIDEO, parameters, ROUTER, null, new Random(1));
    }

    private static Set<String> feedback(RtpParameters parameters) {
        return parameters.codecs().getFirst().rtcpFeedback().stream()
                .map(message -> message.type() + " " + message.parameter())
                .collect(Collectors.toSet());
    }
}
