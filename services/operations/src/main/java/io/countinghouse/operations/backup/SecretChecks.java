package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.secret.Seal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * That the secrets which belong to the backup open what its databases hold sealed: a copy whose keys were lost cannot sign a token, a
 * checkpoint or a webhook. Seals are AES-256-GCM (nonce of 12 bytes, cipher text, tag of 16) under the HMAC-SHA-256 of
 * "encryption" by the secret; each private key is tried against its public one.
 */
final class SecretChecks {

    /** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Server server;
    private final Keys keys;

    SecretChecks(Server server, Keys keys) {
        this.server = server;
        this.keys = keys;
    }

    List<Check> all() {
        return List.of(new Check("secrets", this::open));
    }

    private String open() throws SQLException {
        int tokens = each(
                ServiceName.AUTH,
                "select private_key, kid, public_key from signing_key where private_key is not null",
                row -> pair(
                        "RSA",
                        "SHA256withRSA",
                        new PKCS8EncodedKeySpec(
                                unseal(Seal.TOKEN_KEYS, row.getBytes(1), "signing key " + row.getString(2))),
                        row.getBytes(3)));
        int checkpoints = each(
                ServiceName.AUDIT_LOG,
                "select encrypted_seed, public_key from audit_signing_key where encrypted_seed is not null",
                row -> {
                    byte[] key = row.getBytes(2);
                    byte[] seed = unseal(Seal.CHECKPOINT_KEYS, row.getBytes(1), key);
                    byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + key.length);
                    System.arraycopy(key, 0, encoded, ED25519.length, key.length);
                    pair("Ed25519", "Ed25519", new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed), encoded);
                });
        int webhooks = each(
                ServiceName.NOTIFICATION,
                "select secret from webhook_endpoint union all"
                        + " select previous_secret from webhook_endpoint where previous_secret is not null union all"
                        + " select secret from webhook_earlier_secret",
                row -> unseal(Seal.WEBHOOK_SECRETS, row.getBytes(1), "webhook secret"));
        int elsewhere = each(
                ServiceName.AUTH,
                "select transit_version, kid, public_key from signing_key where transit_version is not null",
                row -> sameKey(row.getInt(1), row.getString(2), row.getBytes(3)));
        if (tokens + elsewhere == 0) {
            throw new ViolationException("auth-service has no key that signs tokens");
        }
        return "open " + tokens + " keys of tokens, " + checkpoints + " of checkpoints, " + webhooks
                + " secrets of webhooks; each private key signs for its public one"
                + (elsewhere == 0 ? "" : "; Vault has " + elsewhere + " more keys of tokens");
    }

    /** A key that never leaves Vault: it must be there still, the same. */
    private void sameKey(int version, String kid, byte[] publicKey) throws GeneralSecurityException {
        String pem = keys.signingKey(version)
                .orElseThrow(() -> new GeneralSecurityException(
                        "signing key " + kid + " is version " + version + " of Vault's, which has none"));
        byte[] there = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        if (!Arrays.equals(there, publicKey)) {
            throw new GeneralSecurityException("Vault's version " + version + " is another key than " + kid);
        }
    }

    @FunctionalInterface
    private interface Opening {
        void open(ResultSet row) throws SQLException, GeneralSecurityException;
    }

    private int each(ServiceName service, String query, Opening opening) throws SQLException {
        try (Connection connection = server.connect(service);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int count = 0;
            while (rows.next()) {
                opening.open(rows);
                count++;
            }
            return count;
        } catch (GeneralSecurityException e) {
            throw new ViolationException("a key that " + service.database()
                    + " holds cannot be used with the secrets that belong to it: " + e.getMessage());
        }
    }

    private byte[] unseal(Seal seal, byte[] sealed, String context) throws GeneralSecurityException {
        return unseal(seal, sealed, context.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] unseal(Seal seal, byte[] sealed, byte[] context) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, keys.sealing(seal), Arrays.copyOf(sealed, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    static Cipher cipher(int mode, String secret, byte[] nonce) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] key = mac.doFinal("encryption".getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static void pair(
            String algorithm, String signature, java.security.spec.KeySpec privateKey, byte[] publicKey)
            throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance(algorithm);
        byte[] text = "drill".getBytes(StandardCharsets.UTF_8);
        Signature signer = Signature.getInstance(signature);
        signer.initSign(keys.generatePrivate(privateKey));
        signer.update(text);
        byte[] signed = signer.sign();
        signer.initVerify(keys.generatePublic(new X509EncodedKeySpec(publicKey)));
        signer.update(text);
        if (!signer.verify(signed)) {
            throw new GeneralSecurityException("it is not the private key of its public one");
        }
    }
}
