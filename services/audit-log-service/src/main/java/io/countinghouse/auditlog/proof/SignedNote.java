package io.countinghouse.auditlog.proof;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A text with a signature below it, as C2SP signed-note writes it. */
final class SignedNote {

    private SignedNote() {}

    /**
     * @param name of the key: no white space, no plus sign
     * @param text ends with a newline; what is signed is exactly this
     */
    static String of(String name, String text, SigningKey key) {
        byte[] keyId = SigningKey.keyId(name, key.publicKey());
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = new byte[keyId.length + signature.length];
        System.arraycopy(keyId, 0, line, 0, keyId.length);
        System.arraycopy(signature, 0, line, keyId.length, signature.length);
        return text + "\n\u2014 " + name + " " + Base64.getEncoder().encodeToString(line) + "\n";
    }
}
