package dev.foyer.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads a JWK Set (RFC 7517, section 5). Keys of other kinds, for other uses, or too weak are left out: a set may serve
 * others, too. A secret in one is never taken, since what is published is none.
 */
final class JsonWebKeys {
    private static final int MAX_KEYS = 64;
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MAX_RSA_BITS = 8_192;
    private static final int COORDINATE_BYTES = 32;

    private JsonWebKeys() {}

    /**
     * The keys of a set.
     *
     * @throws KeySetException when it is no set, or has no key that tokens can be checked with
     */
    static List<VerificationKey> parse(String text) throws KeySetException {
        if (!(decoded(text) instanceof JsonObject set && set.getValue("keys") instanceof JsonArray entries)) {
            throw new KeySetException("is not a JSON object with a list of keys");
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (int i = 0; i < entries.size() && keys.size() < MAX_KEYS; i++) {
            if (entries.getValue(i) instanceof JsonObject entry) {
                key(entry).ifPresent(keys::add);
            }
        }
        if (keys.isEmpty()) {
            throw new KeySetException("has no key for RS256, ES256 or EdDSA");
        }
        return List.copyOf(keys);
    }

    private static Object decoded(String text) throws KeySetException {
        try {
            return Json.decodeValue(text);
        } catch (DecodeException _) {
            throw new KeySetException("is not JSON");
        }
    }

    private static Optional<VerificationKey> key(JsonObject entry) {
        Optional<SignatureAlgorithm> algorithm = algorithm(entry);
        if (algorithm.isEmpty() || !isForSignatures(entry)) {
            return Optional.empty();
        }
        try {
            PublicKey key = switch (algorithm.get()) {
                case RS256 -> rsa(number(entry, "n"), number(entry, "e"));
                case ES256 -> p256(number(entry, "x"), number(entry, "y"));
                case EDDSA -> ed25519(octets(entry, "x"));
                case HS256 -> throw new GeneralSecurityException("not a public key");
            };
            String id = entry.getValue("kid") instanceof String text ? text : null;
            return Optional.of(new VerificationKey(id, algorithm.get(), key));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The one algorithm that a key is for, by its kind; an {@code alg} that says another is believed. */
    private static Optional<SignatureAlgorithm> algorithm(JsonObject entry) {
        Optional<SignatureAlgorithm> byKind = switch (String.valueOf(entry.getValue("kty"))) {
            case "RSA" -> Optional.of(SignatureAlgorithm.RS256);
            case "EC" -> ofCurve(entry, "P-256", SignatureAlgorithm.ES256);
            case "OKP" -> ofCurve(entry, "Ed25519", SignatureAlgorithm.EDDSA);
            default -> Optional.empty();
        };
        Object said = entry.getValue("alg");
        return said == null
                ? byKind
                : byKind.filter(algorithm -> algorithm.word().equals(said));
    }

    private static Optional<SignatureAlgorithm> ofCurve(JsonObject entry, String curve, SignatureAlgorithm algorithm) {
        return curve.equals(entry.getValue("crv")) ? Optional.of(algorithm) : Optional.empty();
    }

    /** RFC 7517, sections 4.2 and 4.3. */
    private static boolean isForSignatures(JsonObject entry) {
        Object use = entry.getValue("use");
        Object operations = entry.getValue("key_ops");
        return (use == null || use.equals("sig"))
                && (operations == null || (operations instanceof JsonArray list && list.contains("verify")));
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
            throw new GeneralSecurityException("an RSA key of another length than is safe");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey p256(BigInteger x, BigInteger y) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    }

    /** RFC 8032, section 5.1.2: little-endian, the highest bit says whether the other coordinate is odd. */
    private static PublicKey ed25519(byte[] octets) throws GeneralSecurityException {
        if (octets.length != COORDINATE_BYTES) {
            throw new GeneralSecurityException("an Ed25519 key has 32 octets");
        }
        byte[] bigEndian = new byte[COORDINATE_BYTES];
        for (int i = 0; i < COORDINATE_BYTES; i++) {
            bigEndian[i] = octets[COORDINATE_BYTES - 1 - i];
        }
        boolean odd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    private static BigInteger number(JsonObject entry, String name) throws GeneralSecurityException {
        return new BigInteger(1, octets(entry, name));
    }

    private static byte[] octets(JsonObject entry, String name) throws GeneralSecurityException {
        if (entry.getValue(name) instanceof String text && !text.isEmpty()) {
            return Base64.getUrlDecoder().decode(text);
        }
        throw new GeneralSecurityException("a key without " + name);
    }
}
