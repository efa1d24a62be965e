/**
 * Load generators that measure the server beside others, over its public protocols. Their own cost is kept small and is
 * printed, because they run on the machine that is measured.
 */
@NullMarked
package dev.foyer.loadtest;

import org.jspecify.annotations.NullMarked;
