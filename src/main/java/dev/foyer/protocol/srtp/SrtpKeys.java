package dev.foyer.protocol.srtp;

import java.util.Arrays;

/** Master keys and salts of both directions of one transport. Immutable; never printed. */
public final class SrtpKeys {
    private final SrtpProfile profile;
    private final byte[] sendKey;
    private final byte[] sendSalt;
    private final byte[] receiveKey;
    private final byte[] receiveSalt;

    /**
     * @throws IllegalArgumentException if a length is not the profile's; arrays are copied
     */
    public SrtpKeys(SrtpProfile profile, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {
        if (sendKey.length != profile.keyLength()
                || receiveKey.length != profile.keyLength()
                || sendSalt.length != profile.saltLength()
                || receiveSalt.length != profile.saltLength()) {
            throw new IllegalArgumentException("key or salt length does not fit " + profile);
        }
        this.profile = profile;
        this.sendKey = sendKey.clone();
        this.sendSalt = sendSalt.clone();
        this.receiveKey = receiveKey.clone();
        this.receiveSalt = receiveSalt.clone();
    }

    /**
     * Splits what the TLS exporter {@code EXTRACTOR-dtls_srtp} gave: client key, server key, client salt, server salt
     * (RFC 5764 section 4.2).
     *
     * @param material {@link SrtpProfile#exportedLength()} bytes; stays the caller's to wipe
     * @param client whether this side was the DTLS client
     */
    public static SrtpKeys ofExported(SrtpProfile profile, byte[] material, boolean client) {
        if (material.length != profile.exportedLength()) {
            throw new IllegalArgumentException("exported length does not fit " + profile);
        }
        int key = profile.keyLength();
        int salt = profile.saltLength();
        byte[] clientKey = Arrays.copyOfRange(material, 0, key);
        byte[] serverKey = Arrays.copyOfRange(material, key, 2 * key);
        byte[] clientSalt = Arrays.copyOfRange(material, 2 * key, 2 * key + salt);
        byte[] serverSalt = Arrays.copyOfRange(material, 2 * key + salt, 2 * (key + salt));
        return client
                ? new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt)
                : new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt);
    }

    public SrtpProfile profile() {
        return profile;
    }

    /** The same keys as the other end holds them. */
    public SrtpKeys reversed() {
        return new SrtpKeys(profile, receiveKey, receiveSalt, sendKey, sendSalt);
    }

    byte[] sendKey() {
        return sendKey;
    }

    byte[] sendSalt() {
        return sendSalt;
    }

    byte[] receiveKey() {
        return receiveKey;
    }

    byte[] receiveSalt() {
        return receiveSalt;
    }

    /** Names the profile only. */
    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
