/** Foyer, a server for rooms of real-time video. The map of its packages is docs/architecture.md. */
@org.jspecify.annotations.NullMarked
package dev.foyer;
