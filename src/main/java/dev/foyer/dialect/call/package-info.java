/** The {@code call} dialect: mediasoup-client over acknowledged events, extended by mesh and mode switches. */
@org.jspecify.annotations.NullMarked
package dev.foyer.dialect.call;
