package dev.foyer.hostile;

/** Hostile input for one entry of the server. The same each time. */
interface Attack {
    /** Where the attackers come from, so that limits for an address do not hit the others. */
    String ADDRESS = "127.0.0.2";

    /** One wave. What it opens may stay open until {@link #cease}. */
    void wave(ServerUnderAttack server) throws Exception;

    /** Closes what is still open. */
    default void cease() {}
}
