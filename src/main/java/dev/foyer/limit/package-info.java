/**
 * How much anybody may ask for: rates by address, user and room in tables of fixed size, and counts of what is open. Knows
 * neither sockets nor rooms; keys come in, verdicts go out.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.limit;
