/** A server in its own process, attacked at every entry, and what is expected of it afterwards. */
package dev.foyer.hostile;
