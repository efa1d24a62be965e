/** Tests that drive real browsers against a real server process. */
@org.jspecify.annotations.NullMarked
package dev.foyer.browser;
