/**
 * Congestion: what a sender is told about how its packets arrive. No I/O and no clock; every object belongs to the event
 * loop that made it.
 */
@NullMarked
package dev.foyer.sfu.congestion;

import org.jspecify.annotations.NullMarked;
