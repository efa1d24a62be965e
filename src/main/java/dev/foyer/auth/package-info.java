/**
 * Who somebody is and what they may do: tokens in, identities out.
 *
 * <p>Knows neither rooms nor sockets. Whoever lets a client in asks {@link dev.foyer.auth.Authenticator} with the token
 * that the client showed, and keeps the {@link dev.foyer.auth.Identity}.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.auth;
