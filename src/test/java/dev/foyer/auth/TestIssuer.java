package dev.foyer.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens with a key pair of its own, written against RFC 7515 to 7518 and not with what is tested. */
public final class TestIssuer {
    private final String algorithm;
    private final String keyId;
    private final KeyPair pair;

    private TestIssuer(String algorithm, String keyId, KeyPair pair) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.pair = pair;
    }

    /** An issuer for {@code RS256}, {@code ES256} or {@code EdDSA}; without a key id when that is null. */
    public static TestIssuer of(String algorithm, String keyId) {
        return switch (algorithm) {
            case "RS256" -> rsa(keyId, 2048);
            case "ES256" -> elliptic(keyId, "secp256r1");
            case "EdDSA" -> new TestIssuer("EdDSA", keyId, pair("Ed25519", 0));
            default -> throw new IllegalArgumentException(algorithm);
        };
    }

    static TestIssuer rsa(String keyId, int bits) {
        return new TestIssuer("RS256", keyId, pair("RSA", bits));
    }

    static TestIssuer elliptic(String keyId, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new TestIssuer("ES256", keyId, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A JWK Set of the public keys of some issuers. */
    public static String keySet(TestIssuer... issuers) {
        return set(Stream.of(issuers).map(TestIssuer::jwk).toArray(String[]::new));
    }

    static String set(String... keys) {
        return Arrays.stream(keys).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** The public key as a JWK, with {@code alg} and {@code use}. */
    String jwk() {
        return jwk(",\"use\":\"sig\",\"alg\":\"" + algorithm + "\"");
    }

    /** The public key as a JWK, with more members after those of the key itself. */
    String jwk(String more) {
        String id = keyId == null ? "" : ",\"kid\":\"" + keyId + "\"";
        return "{" + members() + id + more + "}";
    }

    private String members() {
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa ->
                "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\""
                        .formatted(number(rsa.getModulus(), 0), number(rsa.getPublicExponent(), 0));
            case ECPublicKey ec -> {
                int bytes = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
                yield "\"kty\":\"EC\",\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\""
                        .formatted(
                                bytes == 32 ? "P-256" : "P-384",
                                number(ec.getW().getAffineX(), bytes),
                                number(ec.getW().getAffineY(), bytes));
            }
            case EdECPublicKey _ -> {
                // The key itself is the end of its X.509 form (RFC 8410, section 4).
                byte[] encoded = pair.getPublic().getEncoded();
                yield "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\""
                        .formatted(base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
            }
            default -> throw new AssertionError(pair.getPublic());
        };
    }

    /** A token with these claims. */
    public String token(String claims) {
        String id = keyId == null ? "" : ",\"kid\":\"" + keyId + "\"";
        return token("{\"alg\":\"" + algorithm + "\"" + id + "}", claims);
    }

    /** A token with any header; signed as this issuer signs. */
    String token(String header, String claims) {
        String input = base64(header) + "." + base64(claims);
        return input + "." + base64(sign(input, "ES256".equals(algorithm) ? "SHA256withECDSAinP1363Format" : null));
    }

    /** A token of an elliptic curve whose signature is DER, as OpenSSL writes it and JOSE does not. */
    String tokenInDer(String claims) {
        String input = base64("{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\"}") + "." + base64(claims);
        return input + "." + base64(sign(input, "SHA256withECDSA"));
    }

    /** A token signed with HMAC-SHA256, with these bytes as the secret. */
    static String hmacToken(String header, String claims, byte[] secret) {
        String input = base64(header) + "." + base64(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The public key as it stands in files. */
    byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }

    private byte[] sign(String input, String name) {
        try {
            Signature signature = Signature.getInstance(
                    name != null ? name : algorithm.equals("RS256") ? "SHA256withRSA" : "Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair(String name, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String number(BigInteger number, int bytes) {
        byte[] signed = number.toByteArray();
        int from = signed.length > 1 && signed[0] == 0 ? 1 : 0;
        int length = Math.max(bytes, signed.length - from);
        byte[] octets = new byte[length];
        System.arraycopy(signed, from, octets, length - (signed.length - from), signed.length - from);
        return base64(octets);
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
