package dev.foyer.ortc;

/**
 * The server's ICE credentials for a transport (RFC 8445).
 *
 * @param usernameFragment 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars; a secret, never logged
 * @param iceLite always true from Foyer
 */
public record IceParameters(String usernameFragment, String password, boolean iceLite) {
    /** Leaves the password out. */
    @Override
    public String toString() {
        return "IceParameters[usernameFragment=" + usernameFragment + ", iceLite=" + iceLite + "]";
    }
}
