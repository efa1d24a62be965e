/**
 * {@code ./foyer doctor}: looks at the machine, the network and the settings before a start, and says what to do. What is
 * looked at comes in through {@link dev.foyer.app.doctor.Facts}, so that every finding can be had in a test.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.app.doctor;
