/** What a log line looks like, and what never gets into one. */
@org.jspecify.annotations.NullMarked
package dev.foyer.app.logging;
