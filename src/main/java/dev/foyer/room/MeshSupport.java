package dev.foyer.room;

/** What a client can do in a mesh, and how its room moves it between mesh and SFU. */
public sealed interface MeshSupport {
    /** It knows only the SFU. */
    record None() implements MeshSupport {}

    /** It builds one path beside the other and says when it is ready. */
    record Seamless() implements MeshSupport {}

    /**
     * It knows only {@code RTCPeerConnection}s to the others, and never learns of the SFU: there the server ends those
     * connections itself. It is moved by being told that a peer left and joined.
     *
     * @param offers who begins
     * @param connectionPerOffer whether it makes a new {@code RTCPeerConnection} for each offer that it gets
     */
    record Plain(Offers offers, boolean connectionPerOffer) implements MeshSupport {}

    /** Which side of a pair of plain clients offers. */
    enum Offers {
        /** Each offers, unasked, to everybody whom it hears of. */
        EVERYBODY,
        /** One of the two, by a convention of the application that the server does not know. */
        BY_CONVENTION
    }
}
