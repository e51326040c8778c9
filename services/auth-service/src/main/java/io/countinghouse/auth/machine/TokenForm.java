package io.countinghouse.auth.machine;

import io.countinghouse.defaults.text.WellFormed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The form of a token request. Read here and not by the framework, whose parser fails after the end of a body that it cannot
 * read, so that the request is never answered, and quotes the body in its complaint.
 */
@Schema(name = "TokenRequest")
record TokenForm(
        @Schema(required = true, examples = "client_credentials")
        String grantType,

        String scope,
        String clientId,
        String clientSecret) {

    /** A client id, a secret, a grant type and every scope that there is fit several times. */
    static final int LONGEST = 8_192;

    private static final Set<String> KNOWN = Set.of("grant_type", "scope", "client_id", "client_secret");

    /** Says in a sentence without values why a form cannot be read: RFC 6749 section 5.2, invalid_request. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String why) {
            super(why);
        }
    }

    /** RFC 6749 section 3.2: parameters without a value count as absent, unknown ones are ignored, none comes twice. */
    static TokenForm parse(String body) throws UnreadableException {
        if (body.length() > LONGEST) {
            throw new UnreadableException("the form is longer than " + LONGEST + " characters");
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (KNOWN.contains(name) && !value.isEmpty() && values.put(name, value) != null) {
                throw new UnreadableException(name + " is given twice");
            }
        }
        return new TokenForm(
                values.get("grant_type"), values.get("scope"), values.get("client_id"), values.get("client_secret"));
    }

    /** WHATWG URL section 5.1, but strict: what is no percent-encoding, or not UTF-8, is refused. */
    private static String decode(String encoded) throws UnreadableException {
        if (!WellFormed.isWellFormedUri(encoded) || !WellFormed.isWellFormed(encoded)) {
            throw new UnreadableException("the form is not percent-encoded UTF-8");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.write(Integer.parseInt(encodedByte(raw, i), 16));
                i += 2;
            } else {
                bytes.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String encodedByte(byte[] raw, int percent) {
        return new String(raw, percent + 1, 2, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "token request of client " + clientId;
    }
}
