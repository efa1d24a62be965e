/**
 * What the adapters between client protocols and rooms share: reading messages strictly, writing them, and errors.
 *
 * <p>A dialect turns messages into room commands and room events into messages. Nothing that a client sends throws past
 * it, reaches another client unchecked, or ends the sender's connection.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.dialect;
