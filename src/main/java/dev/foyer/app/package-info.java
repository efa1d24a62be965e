/** Where everything is put together: configuration, the server object, and {@code main}. */
@org.jspecify.annotations.NullMarked
package dev.foyer.app;
