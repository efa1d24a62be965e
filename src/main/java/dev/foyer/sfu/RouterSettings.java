package dev.foyer.sfu;

import dev.foyer.ortc.RtpCapabilities;

/**
 * How a router is set up.
 *
 * @param rtpCapabilities what it receives; its payload types and extension ids hold for all its consumers
 * @param limits what it may hold
 */
public record RouterSettings(RtpCapabilities rtpCapabilities, RouterLimits limits) {}
