package dev.foyer.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Ties the reference itself to the vectors that the RFCs print. */
class ReferenceSrtpTest {
    private static final byte[] MASTER_KEY = hex("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static final byte[] MASTER_SALT = hex("0EC675AD498AFEEBB6960B3AABE6");

    @Test
    void derivesTheSessionKeysOfRfc3711AppendixB3() {
        assertArrayEquals(
                hex("C61E7A93744F39EE10734AFE3FF7A087"), ReferenceSrtp.derive(MASTER_KEY, MASTER_SALT, 0, 16));
        assertArrayEquals(
                hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"), ReferenceSrtp.derive(MASTER_KEY, MASTER_SALT, 1, 20));
        assertArrayEquals(hex("30CBBC08863D8C85D49DB34A9AE1"), ReferenceSrtp.derive(MASTER_KEY, MASTER_SALT, 2, 14));
    }

    @Test
    void encryptsThePacketOfRfc7714Section16() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = "Quid pro quo".getBytes(StandardCharsets.US_ASCII);
        byte[] header = hex("8040f17b8041f8d35501a0b2");
        byte[] plain = "Gallia est omnis divisa in partes tres".getBytes(StandardCharsets.US_ASCII);

        byte[] nonce = ReferenceSrtp.rtpNonce(salt, 0x5501a0b2, 0xf17b);

        assertArrayEquals(hex("51753c6580c2726f20718414"), nonce);
        assertArrayEquals(
                hex("f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                        + "899d7f27beb16a9152cf765ee4390cce"),
                ReferenceSrtp.gcm(key, nonce, header, plain));
    }

    /** Both numbers stand in the self-test of libsrtp, for its two profiles. */
    @Test
    void agreesWithTheSelfTestOfLibsrtp() {
        byte[] packet = hex("800f1234decafbadcafebabe" + "ab".repeat(16));
        assertArrayEquals(
                hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"),
                new ReferenceSrtp(SrtpProfile.AES128_CM_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT)
                        .protectRtp(packet, 12, 0x1234));
        assertArrayEquals(
                hex("800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392"),
                new ReferenceSrtp(
                                SrtpProfile.AEAD_AES_128_GCM,
                                hex("000102030405060708090a0b0c0d0e0f"),
                                hex("a0a1a2a3a4a5a6a7a8a9aaab"))
                        .protectRtp(packet, 12, 0x1234));

        byte[] report = hex("81c8000bcafebabe" + "ab".repeat(16));
        assertArrayEquals(
                hex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"),
                new ReferenceSrtp(SrtpProfile.AES128_CM_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT).protectRtcp(report, 1));
        assertArrayEquals(
                hex("81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001"),
                new ReferenceSrtp(
                                SrtpProfile.AEAD_AES_128_GCM,
                                hex("000102030405060708090a0b0c0d0e0f"),
                                hex("a0a1a2a3a4a5a6a7a8a9aaab"))
                        .protectRtcp(report, 1));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
